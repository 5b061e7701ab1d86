package io.solera.reward.learned;

/**
 * Platt's scaling: the probability 1 / (1 + exp(-(a z + b))) in place of 1 / (1 + exp(-z)), z the network's own log-odds, with a and b
 * of the highest likelihood on held-out labels, found by Newton's method (J. Platt, Probabilistic outputs for support vector machines,
 * 1999, with the smoothed targets given there).
 *
 * @param slope a, per task
 * @param intercept b, per task
 */
public record Calibration(double[] slope, double[] intercept) {
    private static final int STEPS = 50;

    public static Calibration none(int tasks) {
        double[] slope = new double[tasks];
        java.util.Arrays.fill(slope, 1);
        return new Calibration(slope, new double[tasks]);
    }

    /** @param probabilities [text][task]; a task without labels of both kinds stays as it is */
    public static Calibration fit(float[][] probabilities, float[][] labels) {
        Calibration result = none(labels[0].length);
        for (int k = 0; k < labels[0].length; k++) {
            result.fit(probabilities, labels, k);
        }
        return result;
    }

    private void fit(float[][] probabilities, float[][] labels, int k) {
        int positives = 0;
        int negatives = 0;
        for (float[] row : labels) {
            positives += row[k] > 0.5 ? 1 : 0;
            negatives += row[k] <= 0.5 ? 1 : 0;
        }
        if (positives == 0 || negatives == 0) {
            return;
        }
        double high = (positives + 1.0) / (positives + 2);
        double low = 1.0 / (negatives + 2);
        double a = 1;
        double b = 0;
        for (int step = 0; step < STEPS; step++) {
            double ga = 0;
            double gb = 0;
            double aa = 1e-9;
            double ab = 0;
            double bb = 1e-9;
            for (int i = 0; i < labels.length; i++) {
                if (Float.isNaN(labels[i][k])) {
                    continue;
                }
                double z = logOdds(probabilities[i][k]);
                double p = 1 / (1 + Math.exp(-(a * z + b)));
                double error = p - (labels[i][k] > 0.5 ? high : low);
                double curvature = p * (1 - p);
                ga += error * z;
                gb += error;
                aa += curvature * z * z;
                ab += curvature * z;
                bb += curvature;
            }
            double determinant = aa * bb - ab * ab;
            double da = (bb * ga - ab * gb) / determinant;
            double db = (aa * gb - ab * ga) / determinant;
            a -= da;
            b -= db;
            if (Math.abs(da) + Math.abs(db) < 1e-10) {
                break;
            }
        }
        if (Double.isFinite(a) && Double.isFinite(b) && a > 0) {
            slope[k] = a;
            intercept[k] = b;
        }
    }

    private static double logOdds(double probability) {
        double p = Math.max(1e-7, Math.min(1 - 1e-7, probability));
        return Math.log(p / (1 - p));
    }
}

package io.solera.reward.learned;

/**
 * How near predicted values are to labels.
 *
 * @param rmse root of the mean squared error, in the labels' unit
 * @param r2 1 - squared error / squared deviation of the labels from their mean; NaN when they are all the same
 */
public record RegressionMeasures(int rows, double rmse, double r2) {
    /** Of one task; rows without a label are left out. */
    public static RegressionMeasures of(float[][] predicted, float[][] labels, int task) {
        int rows = 0;
        double mean = 0;
        double errors = 0;
        for (int i = 0; i < labels.length; i++) {
            if (!Float.isNaN(labels[i][task])) {
                rows++;
                mean += labels[i][task];
                errors += Math.pow(predicted[i][task] - labels[i][task], 2);
            }
        }
        mean /= rows;
        double spread = 0;
        for (float[] row : labels) {
            if (!Float.isNaN(row[task])) {
                spread += Math.pow(row[task] - mean, 2);
            }
        }
        return new RegressionMeasures(rows, Math.sqrt(errors / rows), spread == 0 ? Double.NaN : 1 - errors / spread);
    }
}

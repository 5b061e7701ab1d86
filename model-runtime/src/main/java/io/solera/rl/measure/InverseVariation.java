package io.solera.rl.measure;

import io.solera.rl.Moments;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How balanced rewards are: the inverse coefficient of variation, mean / deviation over the N rewards (higher is more
 * even; Ghari et al., NeurIPS 2025, do not say which of the two below they mean). Deviations are over N, not N - 1.
 * 0.01, a hundredth of the shaped scale, is added to each; otherwise samples whose rewards are nearly equal would
 * dominate the mean. Rows with a missing value are left out; NaN for fewer than two rewards.
 *
 * @param perSample mean over the samples' own values
 * @param perSampleMedian median of the same
 * @param ofMeans the value for the N mean rewards
 */
public record InverseVariation(double perSample, double perSampleMedian, double ofMeans) implements Serializable {
    /** What is added to a deviation. */
    public static final double EPSILON = 0.01;

    /** @param rows shaped rewards [n, N] */
    public static InverseVariation of(double[][] rows) {
        double[][] complete = Arrays.stream(rows).filter(ParetoFront::complete).toArray(double[][]::new);
        double[] samples = Arrays.stream(complete)
                .mapToDouble(InverseVariation::ratio)
                .sorted()
                .toArray();
        if (samples.length == 0) {
            return new InverseVariation(Double.NaN, Double.NaN, Double.NaN);
        }
        double[] means = new double[complete[0].length];
        for (double[] row : complete) {
            for (int k = 0; k < means.length; k++) {
                means[k] += row[k] / complete.length;
            }
        }
        return new InverseVariation(Moments.of(samples).mean(), Median.of(samples), ratio(means));
    }

    private static double ratio(double[] rewards) {
        Moments moments = Moments.of(rewards);
        double variance = moments.variance() * (rewards.length - 1) / rewards.length;
        return rewards.length < 2 ? Double.NaN : moments.mean() / (Math.sqrt(variance) + EPSILON);
    }
}

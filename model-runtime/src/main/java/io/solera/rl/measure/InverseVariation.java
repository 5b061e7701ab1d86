package io.solera.rl.measure;

import io.solera.rl.Moments;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How balanced rewards are: the inverse coefficient of variation, mean / deviation over the N rewards (higher is more even; Ghari et
 * al., NeurIPS 2025, leave open which of the two below they mean). Deviations are over N, not N - 1, and 0.01 is added to each, a
 * hundredth of the shaped scale, since samples whose rewards nearly agree would else decide the mean. Rows with a missing value are left
 * out; NaN for fewer than two rewards.
 *
 * @param perSample the mean over samples of each sample's own
 * @param perSampleMedian the median of the same
 * @param ofMeans that of the N mean rewards
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
        int half = samples.length / 2;
        double median = samples.length % 2 == 1 ? samples[half] : (samples[half - 1] + samples[half]) / 2;
        return new InverseVariation(Moments.of(samples).mean(), median, ratio(means));
    }

    private static double ratio(double[] rewards) {
        Moments moments = Moments.of(rewards);
        double variance = moments.variance() * (rewards.length - 1) / rewards.length;
        return rewards.length < 2 ? Double.NaN : moments.mean() / (Math.sqrt(variance) + EPSILON);
    }
}

package io.solera.rl.measure;

import io.solera.rl.Moments;
import java.io.Serializable;

/** An estimate with its 95 % confidence interval. NaN: the numbers do not determine it. */
public record Interval(double mean, double low, double high) implements Serializable {
    private static final double CONFIDENCE = 0.95;

    /**
     * The mean of the values that are not missing, by Student's t: mean +- t s / sqrt(n). A single value has a mean but
     * no interval.
     */
    public static Interval ofMean(double[] values) {
        Moments moments = Moments.of(values);
        double half = moments.count() < 2
                ? Double.NaN
                : StudentT.quantile(CONFIDENCE, moments.count() - 1) * Math.sqrt(moments.variance() / moments.count());
        return new Interval(moments.mean(), moments.mean() - half, moments.mean() + half);
    }

    /**
     * The share hits / count, with the score interval of Wilson (J. Am. Stat. Assoc. 1927), which stays within [0, 1].
     */
    public static Interval ofShare(long hits, long count) {
        if (hits < 0 || hits > count) {
            throw new IllegalArgumentException("Invalid hits: %d (must be from 0 to %d)".formatted(hits, count));
        }
        double share = (double) hits / count;
        double z = StudentT.NORMAL_95;
        double scale = 1 / (1 + z * z / count);
        double centre = scale * (share + z * z / (2.0 * count));
        double half = scale * z * Math.sqrt((share * (1 - share) + z * z / (4.0 * count)) / count);
        return new Interval(
                share,
                hits == 0 && count > 0 ? 0 : Math.max(0, centre - half),
                hits == count && count > 0 ? 1 : Math.min(1, centre + half));
    }
}

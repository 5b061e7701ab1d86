package io.solera.rl.measure;

import java.util.Arrays;

/** The middle of sorted numbers, or the mean of the middle two. */
public final class Median {
    private Median() {}

    public static double of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}

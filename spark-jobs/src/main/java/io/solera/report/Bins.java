package io.solera.report;

import java.util.Arrays;
import java.util.List;

/**
 * Bins of equal width for comparable histograms. They span the middle 99 % of all values; values beyond are counted in
 * the outermost bins.
 */
record Bins(double[] edges) {
    private static final int COUNT = 40;
    private static final double TAIL = 0.005;

    static Bins over(List<double[]> samples) {
        double[] sorted = samples.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Bins(new double[] {0, 1});
        }
        double low = sorted[(int) (TAIL * (sorted.length - 1))];
        double high = sorted[(int) Math.ceil((1 - TAIL) * (sorted.length - 1))];
        double width = high > low ? (high - low) / COUNT : 1.0 / COUNT;
        double[] edges = new double[COUNT + 1];
        for (int k = 0; k < edges.length; k++) {
            edges[k] = low + k * width;
        }
        return new Bins(edges);
    }

    /** The share of the values in each bin, without missing ones; all 0 if there are none. */
    double[] shares(double[] values) {
        double[] shares = new double[edges.length - 1];
        double width = edges[1] - edges[0];
        long count = Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
        for (double value : values) {
            if (!Double.isNaN(value)) {
                int bin = (int) Math.floor((value - edges[0]) / width);
                shares[Math.max(0, Math.min(shares.length - 1, bin))] += 1.0 / count;
            }
        }
        return shares;
    }
}

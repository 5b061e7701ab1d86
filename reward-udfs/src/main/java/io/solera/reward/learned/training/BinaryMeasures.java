package io.solera.reward.learned.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How well probabilities tell actives from inactives. Both areas are as scikit-learn defines them, equal probabilities being one
 * threshold.
 *
 * @param averagePrecision sum over thresholds of (recall now - recall before) * precision; NaN without actives
 * @param rocAuc the probability that an active is above an inactive, ties counting half; NaN without either
 * @param brier mean squared error of the probabilities
 * @param bins calibration in ten bins of equal width
 */
public record BinaryMeasures(
        int rows, int positives, double averagePrecision, double rocAuc, double brier, List<Bin> bins) {
    private static final int BINS = 10;

    /**
     * Texts whose probabilities are alike.
     *
     * @param predicted the mean of their probabilities
     * @param observed the share of actives among them
     */
    public record Bin(int count, double predicted, double observed) {}

    public BinaryMeasures {
        bins = List.copyOf(bins);
    }

    /** Of one task; rows without a label are left out. */
    public static BinaryMeasures of(float[][] probabilities, float[][] labels, int task) {
        Integer[] order = new Integer[labels.length];
        Arrays.setAll(order, i -> i);
        order = Arrays.stream(order).filter(i -> !Float.isNaN(labels[i][task])).toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> -probabilities[i][task]));
        int positives = 0;
        for (int i : order) {
            positives += labels[i][task] > 0.5 ? 1 : 0;
        }
        int negatives = order.length - positives;
        double precisions = 0;
        double above = 0;
        double squares = 0;
        int found = 0;
        for (int start = 0; start < order.length; ) {
            int stop = start;
            int hits = 0;
            while (stop < order.length && probabilities[order[stop]][task] == probabilities[order[start]][task]) {
                boolean active = labels[order[stop]][task] > 0.5;
                hits += active ? 1 : 0;
                squares += Math.pow(probabilities[order[stop]][task] - (active ? 1.0 : 0.0), 2);
                stop++;
            }
            int misses = stop - start - hits;
            precisions += hits * (double) (found + hits) / stop;
            above += misses * (found + hits / 2.0);
            found += hits;
            start = stop;
        }
        return new BinaryMeasures(
                order.length,
                positives,
                positives == 0 ? Double.NaN : precisions / positives,
                positives == 0 || negatives == 0 ? Double.NaN : above / positives / negatives,
                squares / order.length,
                bins(probabilities, labels, task));
    }

    /** Expected calibration error: the bins' |predicted - observed|, weighted by their counts (M. Naeini et al., AAAI 2015). */
    public double calibrationError() {
        double sum = 0;
        for (Bin bin : bins) {
            sum += bin.count() == 0 ? 0 : bin.count() * Math.abs(bin.predicted() - bin.observed());
        }
        return sum / rows;
    }

    private static List<Bin> bins(float[][] probabilities, float[][] labels, int task) {
        int[] count = new int[BINS];
        int[] actives = new int[BINS];
        double[] sum = new double[BINS];
        for (int i = 0; i < labels.length; i++) {
            if (!Float.isNaN(labels[i][task])) {
                int bin = Math.min(BINS - 1, (int) (BINS * probabilities[i][task]));
                count[bin]++;
                actives[bin] += labels[i][task] > 0.5 ? 1 : 0;
                sum[bin] += probabilities[i][task];
            }
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            bins.add(new Bin(count[bin], sum[bin] / count[bin], (double) actives[bin] / count[bin]));
        }
        return bins;
    }
}

package io.solera.rl.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of [n, N] that no other row dominates: is at least as high in every column and higher in one. Equal rows do not dominate
 * each other, so all copies of an efficient row are in the front. A row with a missing value is never in it, and dominates none.
 */
public final class ParetoFront {
    private ParetoFront() {}

    /** The places of the front's rows, ascending. */
    public static int[] of(double[][] rows) {
        List<Integer> order = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            if (complete(rows[r])) {
                order.add(r);
            }
        }
        // A dominating row comes first: its sum is not smaller (rounding keeps that order), and among rows of equal sum
        // it is the greater one in lexicographic order.
        order.sort(Comparator.<Integer>comparingDouble(r -> -sum(rows[r]))
                .thenComparing((a, b) -> Arrays.compare(rows[b], rows[a])));
        List<Integer> front = new ArrayList<>();
        for (int r : order) {
            if (front.stream().noneMatch(f -> dominates(rows[f], rows[r]))) {
                front.add(r);
            }
        }
        return front.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** The mean of each column over the front; NaN without a front. */
    public static double[] mean(double[][] rows) {
        int[] front = of(rows);
        double[] mean = new double[rows.length == 0 ? 0 : rows[0].length];
        for (int r : front) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += rows[r][k];
            }
        }
        for (int k = 0; k < mean.length; k++) {
            mean[k] /= front.length;
        }
        return mean;
    }

    /** Whether a is at least b everywhere and above it somewhere. */
    public static boolean dominates(double[] a, double[] b) {
        boolean above = false;
        for (int k = 0; k < a.length; k++) {
            if (!(a[k] >= b[k])) {
                return false;
            }
            above |= a[k] > b[k];
        }
        return above;
    }

    static boolean complete(double[] row) {
        for (double value : row) {
            if (Double.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    private static double sum(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return sum;
    }
}

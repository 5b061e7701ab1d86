package io.solera.rl.measure;

import io.solera.rl.Setting;
import java.util.Arrays;

/**
 * The volume that rows of shaped rewards dominate above the reference point 0, exactly (maximisation). Sorted by its last column,
 * each row adds its own box less what the rows after it cover of that box, one dimension lower: the exclusive volumes of WFG (While,
 * Bradstreet and Barone, IEEE Trans. Evol. Comput. 2012). Rows with a missing value, or not above 0 everywhere, add nothing.
 */
public final class Hypervolume {
    private Hypervolume() {}

    public static double of(double[][] rows) {
        double[][] positive = Arrays.stream(rows).filter(Hypervolume::above).toArray(double[][]::new);
        if (positive.length == 0) {
            return 0;
        }
        return volume(copy(positive), positive.length, positive[0].length);
    }

    /**
     * The mean over disjoint batches of consecutive rows, with its interval. The rows of a batch count as its samples, missing or
     * not; a last batch that is not full is left out. The volume of a whole big sample would saturate. Fewer rows than a batch are
     * one batch, whose volume has no interval.
     */
    public static Interval overBatches(double[][] rows, int batchSize) {
        Setting.atLeast("batch-size", batchSize, 1);
        if (rows.length < batchSize) {
            return Interval.ofMean(new double[] {of(rows)});
        }
        double[] volumes = new double[rows.length / batchSize];
        for (int k = 0; k < volumes.length; k++) {
            volumes[k] = of(Arrays.copyOfRange(rows, k * batchSize, (k + 1) * batchSize));
        }
        return Interval.ofMean(volumes);
    }

    private static boolean above(double[] row) {
        for (double value : row) {
            if (!(value > 0)) {
                return false;
            }
        }
        return true;
    }

    /** The volume of the first n rows in their first d columns; puts them in another order. */
    private static double volume(double[][] rows, int n, int d) {
        if (d == 1) {
            double greatest = 0;
            for (int i = 0; i < n; i++) {
                greatest = Math.max(greatest, rows[i][0]);
            }
            return greatest;
        }
        int last = d - 1;
        Arrays.sort(rows, 0, n, (a, b) -> Double.compare(a[last], b[last]));
        if (d == 2) {
            return area(rows, n);
        }
        double sum = 0;
        double[][] limited = new double[n][d - 1];
        for (int i = 0; i < n; i++) {
            double box = 1;
            for (int k = 0; k < last; k++) {
                box *= rows[i][k];
            }
            int kept = limit(rows, i, n, last, limited);
            sum += rows[i][last] * (box - (kept == 0 ? 0 : volume(limited, kept, last)));
        }
        return sum;
    }

    /** A staircase, from the highest second column down. */
    private static double area(double[][] rows, int n) {
        double area = 0;
        double right = 0;
        for (int i = n - 1; i >= 0; i--) {
            if (rows[i][0] > right) {
                area += (rows[i][0] - right) * rows[i][1];
                right = rows[i][0];
            }
        }
        return area;
    }

    /** The parts of rows i+1 .. n-1 that lie in the box of row i, in d columns, less those that another one covers. */
    private static int limit(double[][] rows, int i, int n, int d, double[][] limited) {
        int kept = 0;
        for (int j = i + 1; j < n; j++) {
            double[] part = limited[kept];
            for (int k = 0; k < d; k++) {
                part[k] = Math.min(rows[i][k], rows[j][k]);
            }
            kept = insert(limited, kept, d);
        }
        return kept;
    }

    /** Keeps row {@code kept} unless an earlier one covers it, and drops the earlier ones that it covers, by swaps. */
    private static int insert(double[][] rows, int kept, int d) {
        double[] candidate = rows[kept];
        for (int j = 0; j < kept; j++) {
            if (covers(rows[j], candidate, d)) {
                return kept;
            }
        }
        int place = 0;
        for (int j = 0; j < kept; j++) {
            if (!covers(candidate, rows[j], d)) {
                swap(rows, place++, j);
            }
        }
        swap(rows, place, kept);
        return place + 1;
    }

    private static boolean covers(double[] a, double[] b, int d) {
        for (int k = 0; k < d; k++) {
            if (a[k] < b[k]) {
                return false;
            }
        }
        return true;
    }

    private static void swap(double[][] rows, int i, int j) {
        double[] row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }
}

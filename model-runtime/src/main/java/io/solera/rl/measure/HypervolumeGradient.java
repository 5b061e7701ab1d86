package io.solera.rl.measure;

import io.solera.rl.Setting;
import java.util.Arrays;

/**
 * How fast the {@link Hypervolume} of rows grows when all of them rise in one column, for each column:
 *
 * <pre>g_k = sum_b dV / dy_bk   (from above)</pre>
 *
 * Rows that rise by h in column k move every face that looks that way by h, so g_k is the area of the dominated region
 * seen along k: the hypervolume of the same rows without column k. That is exact, and needs no differences. It is the
 * sum over rows of the hypervolume indicator's gradient (M. Emmerich and A. Deutz, LION 2012).
 */
public final class HypervolumeGradient {
    private HypervolumeGradient() {}

    /**
     * The sum over batches of consecutive rows, since the front of a large sample saturates; the last batch may be
     * smaller. Rows with a missing value add nothing.
     *
     * @param rows [n, N]
     * @return [N]; 1 for a single column that has rows, by the convention that a point's measure is 1
     */
    public static double[] of(double[][] rows, int batchSize) {
        Setting.atLeast("batch-size", batchSize, 1);
        double[] gradient = new double[rows.length == 0 ? 0 : rows[0].length];
        int end;
        for (int start = 0; start < rows.length; start = end) {
            end = (int) Math.min(rows.length, (long) start + batchSize);
            double[][] batch = Arrays.stream(rows, start, end)
                    .filter(ParetoFront::complete)
                    .toArray(double[][]::new);
            for (int k = 0; k < gradient.length; k++) {
                gradient[k] += seenAlong(batch, k);
            }
        }
        return gradient;
    }

    private static double seenAlong(double[][] rows, int column) {
        if (rows.length == 0 || rows[0].length == 1) {
            return rows.length == 0 ? 0 : 1;
        }
        double[][] others = new double[rows.length][rows[0].length - 1];
        for (int b = 0; b < rows.length; b++) {
            System.arraycopy(rows[b], 0, others[b], 0, column);
            System.arraycopy(rows[b], column + 1, others[b], column, others[b].length - column);
        }
        return Hypervolume.of(others);
    }
}

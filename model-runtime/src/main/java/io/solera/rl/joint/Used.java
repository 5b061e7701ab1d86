package io.solera.rl.joint;

import java.util.stream.IntStream;

/** The rewards that have a weight. */
final class Used {
    private Used() {}

    static int[] of(double[] weights) {
        return IntStream.range(0, weights.length).filter(k -> weights[k] > 0).toArray();
    }

    /** Their columns of [N][B], as rows of [B, used]. */
    static double[][] rows(double[][] shaped, int[] used) {
        double[][] rows = new double[shaped[0].length][used.length];
        for (int b = 0; b < rows.length; b++) {
            for (int k = 0; k < used.length; k++) {
                rows[b][k] = shaped[used[k]][b];
            }
        }
        return rows;
    }
}

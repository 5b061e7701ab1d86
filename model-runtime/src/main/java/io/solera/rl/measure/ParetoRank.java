package io.solera.rl.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rank of each row of [n, N] by non-dominated sorting (N. Srinivas and K. Deb, Evol. Comput. 2, 221, 1994): 1 for the front,
 * 2 for the front of what is left without it, and so on; NaN for a row with a missing value.
 */
public final class ParetoRank {
    private ParetoRank() {}

    public static double[] of(double[][] rows) {
        double[] ranks = new double[rows.length];
        Arrays.fill(ranks, Double.NaN);
        List<Integer> left = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            if (ParetoFront.complete(rows[r])) {
                left.add(r);
            }
        }
        for (int rank = 1; !left.isEmpty(); rank++) {
            int[] front = ParetoFront.of(left.stream().map(r -> rows[r]).toArray(double[][]::new));
            for (int place : front) {
                ranks[left.get(place)] = rank;
            }
            for (int k = front.length - 1; k >= 0; k--) {
                left.remove(front[k]);
            }
        }
        return ranks;
    }
}

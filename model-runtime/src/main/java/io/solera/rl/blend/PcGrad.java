package io.solera.rl.blend;

import io.solera.rl.RandomKey;

/**
 * PCGrad (Yu et al., NeurIPS 2020, algorithm 1): each u_i loses its part along every u_j that it conflicts with, one
 * after the other in random order, g <- g - (g, u_j) / |u_j|^2 u_j where (g, u_j) is below 0. The blend is sum_i w_i
 * g_i. Without conflicts it is the weighted mean; with two updates it is against neither of them; with more it can be.
 *
 * <p>Departures: the paper adds up the g_i, which is N times this with even weights. The mean keeps experts that agree
 * at the length of one. Updates with weight 0 are left out; a zero update conflicts with none.
 */
public record PcGrad() implements BlendRule {
    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        UnitUpdates updates = UnitUpdates.of(gram, weights);
        double[] mean = updates.mean();
        double[] change = new double[updates.count()];
        for (int i = 0; i < change.length; i++) {
            int[] order = key.with(i).permutation(change.length);
            double[] projected = projected(updates, i, order);
            for (int j = 0; j < change.length; j++) {
                change[j] += mean[i] * (projected[j] - (i == j ? 1 : 0));
            }
        }
        return updates.alphasOfMeanPlus(change);
    }

    /** e_i without its conflicts. */
    private static double[] projected(UnitUpdates updates, int i, int[] order) {
        double[] g = new double[order.length];
        g[i] = 1;
        for (int j : order) {
            double along = UnitUpdates.dot(updates.cosines()[j], g);
            if (j != i && along < 0) {
                g[j] -= along;
            }
        }
        return g;
    }
}

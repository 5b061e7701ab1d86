package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import java.util.Arrays;

/**
 * MGDA (Desideri, C. R. Math. 2012): the alphas on the simplex that minimise |sum_i alpha_i u_i|^2 = alpha' G alpha. That point u has
 * (u, u_i) at least |u|^2 for all i: a direction that no reward loses by. Found by pairwise Frank-Wolfe steps (Lacoste-Julien and Jaggi,
 * NeurIPS 2015) from the uniform mean. Preference weights do not enter, except that an update of weight 0 is left out. An update that
 * is 0, whose reward is at an optimum, makes the blend 0.
 *
 * @param normalized whether to look among u_i / |u_i|, so that the shortest update does not take all; the alphas then stand for
 *     the u_i themselves and still add up to 1
 */
public record MinNorm(boolean normalized) implements BlendRule {
    private static final int STEPS = 100_000;
    private static final double TOLERANCE = 1e-14;

    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        double[] start = new double[weights.length];
        for (int i = 0; i < start.length; i++) {
            start[i] = weights[i] > 0 ? 1 : 0;
        }
        double[] alphas = descend(normalized ? gram.cosines() : gram.values(), WeightedMean.of(start), weights);
        if (!normalized) {
            return alphas;
        }
        double[] norms = gram.norms();
        for (int i = 0; i < alphas.length; i++) {
            if (alphas[i] > 0 && norms[i] > 0) {
                alphas[i] /= norms[i];
            }
        }
        return WeightedMean.of(alphas);
    }

    /** Moves weight from the update most along u to the one least along it, as far as the norm falls. */
    private static double[] descend(double[][] g, double[] start, double[] weights) {
        double[] alphas = start.clone();
        double largest = 0;
        for (int i = 0; i < alphas.length; i++) {
            largest = Math.max(largest, weights[i] > 0 ? g[i][i] : 0);
        }
        for (int step = 0; step < STEPS; step++) {
            double[] along = times(g, alphas);
            int to = -1;
            int from = -1;
            for (int i = 0; i < alphas.length; i++) {
                if (weights[i] > 0) {
                    to = to < 0 || along[i] < along[to] ? i : to;
                    from = alphas[i] > 0 && (from < 0 || along[i] > along[from]) ? i : from;
                }
            }
            double gain = along[from] - along[to];
            if (!(gain > TOLERANCE * largest)) {
                break;
            }
            double curvature = g[to][to] + g[from][from] - 2 * g[to][from];
            double move = curvature > 0 ? Math.min(alphas[from], gain / curvature) : alphas[from];
            alphas[to] += move;
            alphas[from] = move == alphas[from] ? 0 : alphas[from] - move;
        }
        return alphas;
    }

    private static double[] times(double[][] g, double[] alphas) {
        double[] result = new double[alphas.length];
        Arrays.setAll(result, i -> {
            double sum = 0;
            for (int j = 0; j < alphas.length; j++) {
                sum += g[i][j] * alphas[j];
            }
            return sum;
        });
        return result;
    }
}

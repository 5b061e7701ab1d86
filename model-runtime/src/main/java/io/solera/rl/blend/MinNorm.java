package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import java.util.Arrays;

/**
 * MGDA (Desideri, C. R. Math. 2012): the alphas on the simplex that minimise |sum_i alpha_i u_i|^2 = alpha' G alpha. At
 * that point u, (u, u_i) is at least |u|^2 for all i: a direction in which no reward gets worse. Preference weights are
 * not used, except that an update with weight 0 is left out. A zero update, whose reward is at an optimum, makes the
 * blend 0.
 *
 * @param normalized whether to minimise over u_i / |u_i|, so that the shortest update does not get all the weight; the
 *     alphas are then converted back to the u_i and still add up to 1
 */
public record MinNorm(boolean normalized) implements BlendRule {
    /** On the diagonal of the cosines, so that dependent updates share their part evenly. */
    private static final double RIDGE = 1e-10;

    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        UnitUpdates updates = UnitUpdates.of(gram, weights);
        int[] zeros = updates.zeros();
        if (zeros.length > 0) {
            double[] alphas = new double[weights.length];
            Arrays.stream(zeros).forEach(i -> alphas[i] = 1.0 / zeros.length);
            return alphas;
        }
        double[] lengths = new double[updates.count()];
        Arrays.fill(lengths, 1);
        return WeightedMean.of(updates.alphas(point(updates, normalized ? lengths : updates.norms())));
    }

    /**
     * z of the shortest vector u in the convex hull of the lengths[i] e_i. With x of 0 or more, |sum_i x_i u_i|^2 +
     * (1 - sum_i x_i)^2 is smallest at x = u's coefficients times 1 / (1 + |u|^2), so that x needs no second condition;
     * the unit of length is that of the shortest update.
     */
    static double[] point(UnitUpdates updates, double[] lengths) {
        double shortest = Arrays.stream(lengths).min().orElse(1);
        int n = lengths.length;
        double[] inverse =
                Arrays.stream(lengths).map(length -> shortest / length).toArray();
        double[][] q = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                q[i][j] = updates.cosines()[i][j] + (i == j ? RIDGE : 0) + inverse[i] * inverse[j];
            }
        }
        double[] z = NonNegativeQuadratic.minimum(q, inverse);
        double sum = UnitUpdates.dot(z, inverse) / shortest;
        return Arrays.stream(z).map(x -> x / sum).toArray();
    }
}

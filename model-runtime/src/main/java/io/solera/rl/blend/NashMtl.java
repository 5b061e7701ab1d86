package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import java.util.Arrays;

/**
 * Nash-MTL (Navon et al., Multi-Task Learning as a Bargaining Game, ICML 2022): the rewards bargain for a direction;
 * the one with the largest product of gains (d, u_i)^w_i is d = sum_i alpha_i u_i with alpha_i (G alpha)_i = w_i,
 * alpha above 0. It is the minimum of the strictly convex z' C z / 2 - sum_i w_i log z_i, of the cosines C and z_i =
 * alpha_i |u_i|, found by Newton's method. A step is divided by 1 + its largest relative change, so that z stays
 * above 0 and the function decreases, as for self-concordant functions (Nesterov and Nemirovskii 1994). The lengths
 * of updates do not change the direction. Where no d has a gain for all, z grows to 1e7 and d is 0 up to rounding.
 *
 * <p>Departures: the paper's d has length sqrt(N) whatever the updates' lengths are. Here the alphas are divided by
 * their sum, so that the blend is in the convex hull of the experts. The paper has even weights. Updates that are zero
 * or have weight 0 are left out.
 */
public record NashMtl() implements BlendRule {
    private static final int STEPS = 500;
    private static final double TOLERANCE = 1e-12;
    private static final double SMALL = 0.1;
    private static final double RIDGE = 1e-14;

    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        UnitUpdates updates = UnitUpdates.of(gram, weights);
        double[] alphas = updates.alphas(bargain(updates.cosines(), updates.weights()));
        return updates.count() == 0 ? alphas : WeightedMean.of(alphas);
    }

    /** z_i (C z)_i = w_i. */
    private static double[] bargain(double[][] c, double[] w) {
        int n = w.length;
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        double[] z = Arrays.stream(w).map(Math::sqrt).toArray();
        double largest = Double.POSITIVE_INFINITY;
        boolean progress = true;
        for (int step = 0; step < STEPS && progress; step++) {
            double[][] hessian = new double[n][n];
            double[] slope = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    hessian[i][j] = (c[i][j] + (i == j ? RIDGE : 0)) * z[i] * z[j];
                    slope[i] -= hessian[i][j];
                }
                slope[i] += w[i];
                hessian[i][i] += w[i];
            }
            double[] relative = Cholesky.solution(hessian, slope, all);
            double before = largest;
            largest = Arrays.stream(relative).map(Math::abs).max().orElse(0);
            // the change shrinks once it is small, until only rounding is left of it
            progress = largest > TOLERANCE && (largest > SMALL || largest < before);
            for (int i = 0; i < n; i++) {
                z[i] *= 1 + relative[i] / (1 + largest);
            }
        }
        return z;
    }
}

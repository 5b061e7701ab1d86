package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import java.util.Arrays;

/**
 * IMTL-G (Liu et al., Towards Impartial Multi-task Learning, ICLR 2021): the combination whose projections onto the
 * directions u_i / |u_i| are equal, or in proportion to the weights w_i: C z = w of the cosines C. The lengths of
 * updates do not change its direction. Dependent updates leave z open: the shortest solution is taken, and where there
 * is none (opposed updates), the nearest in the sense of least squares.
 *
 * <p>Departures: the paper divides alpha by sum_i alpha_i, which can be 0 or negative, a step of any length or one
 * against all rewards. Here it is sum_i |alpha_i|: the same where no alpha is negative. The paper has no weights.
 * Updates that are zero or have weight 0 are left out.
 */
public record ImtlG() implements BlendRule {
    /** Eigenvalues below: directions within about 1e-6 of dependence, which updates in floats do not resolve. */
    private static final double DEPENDENT = 1e-12;

    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        UnitUpdates updates = UnitUpdates.of(gram, weights);
        double[] w = updates.weights();
        SingularValues c = SingularValues.of(updates.cosines());
        double[] z = new double[w.length];
        for (int k = 0; k < w.length; k++) {
            if (c.values()[k] > DEPENDENT) {
                double along = 0;
                for (int i = 0; i < w.length; i++) {
                    along += c.left()[i][k] * w[i];
                }
                for (int i = 0; i < w.length; i++) {
                    z[i] += along / c.values()[k] * c.right()[i][k];
                }
            }
        }
        return normalized(updates.alphas(z));
    }

    private static double[] normalized(double[] alphas) {
        double sum = Arrays.stream(alphas).map(Math::abs).sum();
        return sum == 0
                ? alphas
                : Arrays.stream(alphas).map(alpha -> alpha / sum).toArray();
    }
}

package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import java.util.Arrays;

/**
 * Aligned-MTL (Senushkin et al., Independent Component Alignment for Multi-Task Learning, CVPR 2023, algorithm 1): the
 * updates are replaced by the nearest orthogonal system, whose vectors all have the length of the smallest singular
 * value, and their weighted mean is taken: alpha = sqrt(lambda_R) V S^-1/2 V' w with the eigenvalues S of G, of which
 * R are not zero. The blend is as long as the shortest principal component, which is short where two updates nearly
 * agree, or oppose each other, or one is small.
 *
 * <p>G has R = rank as found by a Cholesky factorisation with pivots, where an update that depends on those before it
 * adds none. The eigenvalues are the squares of the factor's singular values, so that small ones keep their digits.
 * Updates that are zero or have weight 0 are left out.
 */
public record AlignedMtl() implements BlendRule {
    /** The square of the sine of an angle that updates in floats do not resolve. */
    private static final double DEPENDENT = 1e-12;

    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        UnitUpdates updates = UnitUpdates.of(gram, weights);
        double[] w = updates.weights();
        SingularValues u = SingularValues.of(factor(updates));
        double[] z = new double[w.length];
        for (int k = 0; k < u.values().length; k++) {
            double along = 0;
            for (int i = 0; i < w.length; i++) {
                along += u.left()[i][k] * w[i];
            }
            double scale = u.values()[u.values().length - 1] / u.values()[k];
            for (int i = 0; i < w.length; i++) {
                z[i] += scale * along * u.left()[i][k] * updates.norms()[i];
            }
        }
        return updates.alphas(z);
    }

    /** L of G = L L' [n][R], with shorter columns on the right. */
    private static double[][] factor(UnitUpdates updates) {
        int n = updates.count();
        double[] norms = updates.norms();
        double[][] rest = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rest[i][j] = updates.cosines()[i][j] * norms[i] * norms[j];
            }
        }
        double[][] l = new double[n][n];
        int rank = 0;
        for (int pivot = pivot(rest); pivot >= 0; pivot = pivot(rest)) {
            double root = Math.sqrt(rest[pivot][pivot]);
            boolean[] done = new boolean[n];
            for (int i = 0; i < n; i++) {
                l[i][rank] = rest[i][pivot] / root;
                done[i] = i == pivot || rest[i][i] - l[i][rank] * l[i][rank] <= DEPENDENT * norms[i] * norms[i];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    rest[i][j] = done[i] || done[j] ? 0 : rest[i][j] - l[i][rank] * l[j][rank];
                }
            }
            rank++;
        }
        for (int i = 0; i < n; i++) {
            l[i] = Arrays.copyOf(l[i], rank);
        }
        return l;
    }

    /** The longest of what is left of the updates, or -1. */
    private static int pivot(double[][] rest) {
        int longest = -1;
        for (int i = 0; i < rest.length; i++) {
            if (rest[i][i] > 0 && (longest < 0 || rest[i][i] > rest[longest][longest])) {
                longest = i;
            }
        }
        return longest;
    }
}

package io.solera.rl.blend;

import io.solera.rl.RandomKey;

/**
 * The projection of the weighted mean g_0 onto the dual cone, the d nearest to g_0 with (d, u_i) of 0 or more for all
 * i: d = g_0 + sum_i x_i u_i, where x of 0 or more minimises |d|^2. From Gradient Episodic Memory (Lopez-Paz and
 * Ranzato, NeurIPS 2017, equation 11), named DualProj by Quinton and Rey (2024). No update is opposed, and d is never
 * longer than g_0; without (g_0, u_i) below 0 it is g_0. Updates with weight 0 are left out; a zero update has no
 * part.
 */
public record DualProj() implements BlendRule {
    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        UnitUpdates updates = UnitUpdates.of(gram, weights);
        return updates.alphasOfMeanPlus(toDualCone(updates, updates.mean()));
    }

    /** What z needs to be added to, so that the sum's inner products with all updates are 0 or more. */
    static double[] toDualCone(UnitUpdates updates, double[] z) {
        double[] against = updates.along(z);
        for (int i = 0; i < against.length; i++) {
            against[i] = -against[i];
        }
        return NonNegativeQuadratic.minimum(updates.cosines(), against);
    }
}

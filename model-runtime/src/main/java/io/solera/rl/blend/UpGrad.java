package io.solera.rl.blend;

import io.solera.rl.RandomKey;

/**
 * UPGrad (Quinton and Rey, Jacobian Descent for Multi-Objective Optimization, 2024): each u_i is projected onto the
 * dual cone, where no update is opposed, and the blend is the mean of the projections, weighted by w_i. So it opposes
 * no update either, and an update that is twice as long counts twice as much. Without conflicts it is the weighted
 * mean. Updates with weight 0 are left out; a zero update has no part.
 */
public record UpGrad() implements BlendRule {
    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        UnitUpdates updates = UnitUpdates.of(gram, weights);
        double[] mean = updates.mean();
        double[] sum = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            double[] unit = new double[mean.length];
            unit[i] = 1;
            double[] added = DualProj.toDualCone(updates, unit);
            for (int j = 0; j < sum.length; j++) {
                sum[j] += mean[i] * added[j];
            }
        }
        return updates.alphasOfMeanPlus(sum);
    }
}

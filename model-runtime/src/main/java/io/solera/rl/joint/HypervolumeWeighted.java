package io.solera.rl.joint;

import io.solera.rl.blend.WeightedMean;
import io.solera.rl.measure.HypervolumeGradient;

/**
 * {@link Gdpo} with weights that follow the hypervolume: alpha_k is in proportion to w_k g_k, where g_k is how fast
 * the hypervolume of the rollout grows when its samples rise in reward k ({@link HypervolumeGradient}; the idea of
 * weights from the hypervolume: Lu et al., 2025, arXiv 2509.11452). A reward that lags behind the others has the
 * larger g, since the region is wide where the others are high. The hypervolumes are of prompts' groups, or of 100
 * samples, as the measure of the same name is; more would saturate.
 *
 * <p>Where g is 0 in all rewards, since every sample is at 0 in two of them, no direction is better than another, and
 * alpha_k is in proportion to w_k.
 *
 * <p>Departure: the gradient's chain rule would multiply g_k with the reward's deviation once more; advantages stay
 * normalised per reward, as in all methods here, so that a reward that varies little can be learned.
 */
public record HypervolumeWeighted() implements JointAdvantage {
    private static final int BATCH = 100;

    @Override
    public Result of(double[][] shaped, double[] weights, int groupSize) {
        return Gdpo.weighted(shaped, alphas(shaped, weights, groupSize), groupSize);
    }

    private static double[] alphas(double[][] shaped, double[] weights, int groupSize) {
        int[] used = Used.of(weights);
        double[] gradient = HypervolumeGradient.of(Used.rows(shaped, used), Math.min(groupSize, BATCH));
        double[] products = new double[weights.length];
        double sum = 0;
        for (int k = 0; k < used.length; k++) {
            products[used[k]] = weights[used[k]] * gradient[k];
            sum += products[used[k]];
        }
        return WeightedMean.of(sum > 0 ? products : weights);
    }
}

package io.solera.rl.joint;

import io.solera.rl.GroupRelative;
import io.solera.rl.Whitening;
import io.solera.rl.blend.WeightedMean;
import java.util.Arrays;

/**
 * Group reward-decoupled normalisation (GDPO; Liu et al., 2026, arXiv 2601.05242, section 3):
 *
 * <ol>
 *   <li>A_kb = (R_kb - mean) / (deviation + 1e-4) of each reward k over the samples of b's prompt
 *       ({@link GroupRelative}); without prompts the whole rollout is one group.
 *   <li>S_b = sum_k w_k A_kb / sum_k w_k.
 *   <li>A_b = S_b whitened over the rollout ({@link Whitening}), so that the size of steps depends neither on the
 *       number of rewards nor on their weights' sum.
 * </ol>
 *
 * Normalising the sum instead, as GRPO on a weighted sum does, lets rewards that vary little vanish next to others.
 *
 * <p>Departures: deviations are over n - 1, as everywhere here. A missing reward adds 0 to its sample; a sample without
 * any reward is missing, and has no part in the whitening.
 */
public record Gdpo() implements JointAdvantage {
    @Override
    public Result of(double[][] shaped, double[] weights, int groupSize) {
        return weighted(shaped, WeightedMean.of(weights), groupSize);
    }

    /** Steps 1 to 3 with weights that add up to 1. */
    static Result weighted(double[][] shaped, double[] alphas, int groupSize) {
        double[] sums = new double[shaped[0].length];
        Arrays.fill(sums, Double.NaN);
        for (int k = 0; k < shaped.length; k++) {
            double[] own = GroupRelative.advantages(shaped[k], groupSize);
            for (int b = 0; alphas[k] > 0 && b < sums.length; b++) {
                if (!Double.isNaN(shaped[k][b])) {
                    sums[b] = (Double.isNaN(sums[b]) ? 0 : sums[b]) + alphas[k] * own[b];
                }
            }
        }
        return new Result(Whitening.scores(sums), alphas);
    }
}

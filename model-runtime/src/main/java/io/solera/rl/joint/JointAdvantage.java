package io.solera.rl.joint;

import java.io.Serializable;

/**
 * One advantage for a sample from all of its rewards, for a policy that learns from one number. It takes the place of
 * the advantages of {@code grpo}, whose loss and divergence stay as they are. A pure function of a rollout's shaped
 * rewards.
 */
public sealed interface JointAdvantage extends Serializable permits Gdpo, HypervolumeWeighted, ParetoRanked {
    /**
     * @param perSample [B], NaN where missing
     * @param coefficients [N] with which the rewards' own advantages were added, sum 1; empty where they were not added
     */
    record Result(double[] perSample, double[] coefficients) {}

    /**
     * @param shaped [N][B] on [0, 1], NaN where missing
     * @param weights [N], 0 or more; a reward with weight 0 has no part
     * @param groupSize consecutive samples of the same prompt; the last group may be shorter
     */
    Result of(double[][] shaped, double[] weights, int groupSize);
}

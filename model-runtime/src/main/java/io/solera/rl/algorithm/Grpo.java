package io.solera.rl.algorithm;

import io.solera.rl.ClippedLoss;
import io.solera.rl.GroupRelative;
import io.solera.rl.Ragged;

/**
 * Group relative policy optimisation (Shao et al., 2024, DeepSeekMath, section 4.1):
 *
 * <ol>
 *   <li>A_b = (R_b - mean) / (deviation + 1e-4) over the samples of its prompt ({@link GroupRelative}), the same for
 *       all its tokens.
 *   <li>L = mean over tokens of -min(rho A, clip(rho, 1 - eps, 1 + eps) A) ({@link ClippedLoss}).
 *   <li>beta k3, the divergence from the reference, in the loss.
 * </ol>
 *
 * <p>Departures: the mean is over all tokens of the minibatch (DAPO, Yu et al., 2025), not first over each sample's, so
 * that long samples are not favoured. A missing score has A = 0, and no part in its group's mean and deviation.
 *
 * @param clipRange eps
 * @param groupSize consecutive samples of a prompt
 */
public record Grpo(double clipRange, int groupSize, Divergence kl) implements Algorithm {
    @Override
    public boolean hasCritics() {
        return false;
    }

    @Override
    public boolean comparesSamples() {
        return true;
    }

    @Override
    public boolean comparesWithinPrompts() {
        return true;
    }

    @Override
    public Advantages advantages(Rollout rollout) {
        double[] perSample = GroupRelative.advantages(rollout.scores(), groupSize);
        return new Advantages(Ragged.spread(perSample, rollout.old()), new float[0][]);
    }

    @Override
    public Loss loss(Pass pass) {
        return Surrogate.of(clipRange, pass);
    }

    @Override
    public double divergenceInLoss() {
        return kl.coefficient();
    }
}

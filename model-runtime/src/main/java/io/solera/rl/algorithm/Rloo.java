package io.solera.rl.algorithm;

import io.solera.rl.ClippedLoss;
import io.solera.rl.LeaveOneOut;
import io.solera.rl.Ragged;

/**
 * REINFORCE with a leave-one-out baseline (Kool et al., 2019; Ahmadian et al., ACL 2024):
 *
 * <ol>
 *   <li>A_b = R_b - mean of the R of the others of its group ({@link LeaveOneOut}), the same for all its tokens.
 *   <li>L = mean over tokens of -min(rho A, clip(rho, 1 - eps, 1 + eps) A) ({@link ClippedLoss}): at the first step rho
 *       = 1, and the gradient is REINFORCE's.
 *   <li>beta k3, the divergence from the reference, in the loss.
 * </ol>
 *
 * <p>Departures: advantages are divided by the root of their mean square, so that rewards in different units weigh the
 * same; a ratio per token, clipped, so that several epochs are possible, where the paper has one per sample. A missing
 * score has A = 0.
 *
 * @param clipRange eps
 * @param groupSize consecutive samples of a prompt, or the whole rollout
 */
public record Rloo(double clipRange, int groupSize, Divergence kl) implements Algorithm {
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
        double[] perSample = new LeaveOneOut(true).advantages(rollout.scores(), groupSize);
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

package io.solera.rl.algorithm;

import io.solera.rl.AugmentedLikelihood;
import io.solera.rl.LeaveOneOut;
import io.solera.rl.Ragged;
import io.solera.rl.Setting;
import java.util.Map;

/**
 * REINVENT's difference between augmented and posterior likelihood (Olivecrona et al., J. Cheminform. 2017): L = mean
 * over samples of (log pi_ref + sigma score - log pi)^2 ({@link AugmentedLikelihood}). The reference is in the loss, so
 * there is no divergence next to it; a missing score has no part in it.
 *
 * <p>The loss reads scores, not advantages; the tables of a rollout show those of {@link LeaveOneOut}.
 *
 * @param sigma nats per unit of score
 * @param groupSize consecutive samples of a prompt, or the whole rollout
 */
public record Dap(double sigma, int groupSize) implements Algorithm {
    @Override
    public boolean hasCritics() {
        return false;
    }

    @Override
    public boolean comparesSamples() {
        return false;
    }

    @Override
    public boolean comparesWithinPrompts() {
        return false;
    }

    @Override
    public boolean readsOld() {
        return false;
    }

    @Override
    public Advantages advantages(Rollout rollout) {
        double[] perSample = new LeaveOneOut(true).advantages(rollout.scores(), groupSize);
        return new Advantages(Ragged.spread(perSample, rollout.old()), new float[0][]);
    }

    @Override
    public Loss loss(Pass pass) {
        AugmentedLikelihood.Result result = new AugmentedLikelihood(sigma)
                .of(pass.logProbabilities(), pass.reference(), pass.scores(), pass.samples());
        return new Loss(result.coefficients(), Map.of("loss", result.loss()));
    }

    @Override
    public double divergenceInLoss() {
        return 0;
    }

    @Override
    public String anchor() {
        return "augmented likelihood, sigma %s".formatted(Setting.plain(sigma));
    }
}

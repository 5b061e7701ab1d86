package io.solera.rl.algorithm;

import io.solera.rl.ClippedLoss;
import io.solera.rl.Critic;
import io.solera.rl.Gae;
import io.solera.rl.KlPenalty;
import io.solera.rl.Setting;
import io.solera.rl.TokenRewards;
import io.solera.rl.ValueLoss;
import io.solera.rl.Whitening;

/**
 * Proximal policy optimisation (Schulman et al., 2017), with the settings of Ghari et al. (NeurIPS 2025):
 *
 * <ol>
 *   <li>r_t: the score at the last token ({@link TokenRewards}); or, with the divergence in the reward, the
 *       standardised score less beta (log pi_old - log pi_ref) at each token ({@link KlPenalty#inReward}).
 *   <li>A, R from r and the critic's values by {@link Gae}; A is whitened over the rollout ({@link Whitening}), R is
 *       not.
 *   <li>L = mean over tokens of -min(rho A, clip(rho, 1 - eps, 1 + eps) A), rho = pi / pi_old ({@link ClippedLoss}).
 *   <li>The critic: 1/2 mean over tokens of max((v - R)^2, (clip(v, v_old - eps_v, v_old + eps_v) - R)^2)
 *       ({@link ValueLoss}, which clips; {@link Critic} steps).
 *   <li>beta k3, the divergence from the reference, in the loss unless it is in the reward.
 * </ol>
 *
 * <p>Departures: a missing score has A = 0 and no part in whitening or in the critic's loss; a sample that was cut at
 * its greatest length is not bootstrapped.
 *
 * @param clipRange eps
 */
public record Ppo(double clipRange, double gamma, double lambda, Divergence kl) implements Algorithm {
    @Override
    public boolean hasCritics() {
        return true;
    }

    @Override
    public boolean comparesSamples() {
        return true;
    }

    @Override
    public boolean comparesWithinPrompts() {
        return false;
    }

    @Override
    public Advantages advantages(Rollout rollout) {
        float[][] rewards = kl.inReward()
                ? new KlPenalty(kl.coefficient())
                        .inReward(Whitening.scores(rollout.scores()), rollout.old(), rollout.reference())
                : TokenRewards.atEnd(rollout.scores(), rollout.old());
        Gae.Estimate estimate = new Gae(gamma, lambda).estimate(rewards, rollout.values());
        return new Advantages(
                Whitening.advantages(estimate.advantages(), Whitening.missing(rollout.scores())), estimate.returns());
    }

    @Override
    public Loss loss(Pass pass) {
        return Surrogate.of(clipRange, pass);
    }

    @Override
    public double divergenceInLoss() {
        return kl.inReward() ? 0 : kl.coefficient();
    }

    @Override
    public String anchor() {
        return kl.inReward()
                ? "KL to the reference %s (in-reward)".formatted(Setting.plain(kl.coefficient()))
                : Algorithm.super.anchor();
    }
}

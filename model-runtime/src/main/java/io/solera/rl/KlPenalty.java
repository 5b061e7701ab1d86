package io.solera.rl;

import java.io.Serializable;

/**
 * The divergence from the reference, beta KL, from samples. As a loss term: k3 = exp(d) - d - 1 with d = log
 * pi_ref - log pi (Schulman 2020, "Approximating KL divergence"; DeepSeekMath 2024), mean over tokens, c = beta
 * (1 - exp(d)) / n. It is unbiased and never negative as a value; as a gradient on the policy's own samples its
 * expectation is that of KL(pi_ref || pi). In the reward: -beta k1 per token, k1 = -d under the policy that drew the
 * sample (Ziegler et al., 2019).
 */
public record KlPenalty(double beta) implements Serializable {
    public KlPenalty {
        Setting.atLeast("coefficient", beta, 0);
    }

    /**
     * @param coefficients of the loss beta KL [b][t]
     * @param kl mean k3 in nats per token, without beta
     */
    public record Result(float[][] coefficients, double kl) {}

    /** @param tokens n of the whole minibatch */
    public Result of(float[][] logProbabilities, float[][] reference, long tokens) {
        Ragged.requireSameShape(logProbabilities, reference);
        float[][] coefficients = Ragged.zerosLike(logProbabilities);
        double kl = 0;
        for (int b = 0; b < coefficients.length; b++) {
            for (int t = 0; t < coefficients[b].length; t++) {
                double d = (double) reference[b][t] - logProbabilities[b][t];
                double excess = Math.expm1(d);
                kl += excess - d;
                coefficients[b][t] = (float) (-beta * excess / tokens);
            }
        }
        return new Result(coefficients, kl / tokens);
    }

    /**
     * Rewards per token [b][t]: -beta (log pi_old - log pi_ref), plus the sample's standardised score on its last one.
     */
    public float[][] inReward(double[] scores, float[][] old, float[][] reference) {
        Ragged.requireSameShape(old, reference);
        float[][] rewards = TokenRewards.atEnd(scores, old);
        for (int b = 0; b < rewards.length; b++) {
            for (int t = 0; t < rewards[b].length; t++) {
                rewards[b][t] -= (float) (beta * ((double) old[b][t] - reference[b][t]));
            }
        }
        return rewards;
    }

    /**
     * log pi - log pi_ref of whole samples (k1), whose mean over samples of pi is KL(pi || pi_ref) in nats per sample.
     */
    public static double[] perSample(float[][] logProbabilities, float[][] reference) {
        Ragged.requireSameShape(logProbabilities, reference);
        double[] result = Ragged.sums(logProbabilities);
        double[] sums = Ragged.sums(reference);
        for (int b = 0; b < result.length; b++) {
            result[b] -= sums[b];
        }
        return result;
    }
}

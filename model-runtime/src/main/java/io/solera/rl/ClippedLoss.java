package io.solera.rl;

import java.io.Serializable;

/**
 * The clipped surrogate of PPO (Schulman et al., 2017): L = mean over tokens of -min(r A, clip(r, 1 - eps, 1 + eps) A)
 * with r = pi / pi_old, so c = -r A / n where the unclipped term is the smaller one, else 0. A missing sample has A = 0
 * and counts among the n tokens.
 *
 * @param clipRange eps
 */
public record ClippedLoss(double clipRange) implements Serializable {
    public ClippedLoss {
        Setting.above("clip-range", clipRange, 0);
    }

    /**
     * @param coefficients dL/dlog pi [b][t]
     * @param clipFraction share of tokens whose gradient is clipped to 0
     * @param approximateKl of the old from the current policy, nats per token, by (r - 1) - log r
     */
    public record Result(float[][] coefficients, double loss, double clipFraction, double approximateKl) {}

    /**
     * @param old log-probabilities of the policy that the samples come from
     * @param tokens n of the whole minibatch, so that the results of its parts add up to the result of the whole
     */
    public Result of(float[][] logProbabilities, float[][] old, float[][] advantages, long tokens) {
        Ragged.requireSameShape(logProbabilities, old);
        Ragged.requireSameShape(logProbabilities, advantages);
        float[][] coefficients = Ragged.zerosLike(logProbabilities);
        double loss = 0;
        double kl = 0;
        long clipped = 0;
        for (int b = 0; b < coefficients.length; b++) {
            for (int t = 0; t < coefficients[b].length; t++) {
                double logRatio = (double) logProbabilities[b][t] - old[b][t];
                double ratio = Math.exp(logRatio);
                double advantage = advantages[b][t];
                double free = -ratio * advantage;
                double bound = -Math.max(1 - clipRange, Math.min(1 + clipRange, ratio)) * advantage;
                if (bound > free) {
                    clipped++;
                } else {
                    coefficients[b][t] = (float) (free / tokens);
                }
                loss += Math.max(free, bound);
                kl += ratio - 1 - logRatio;
            }
        }
        return new Result(coefficients, loss / tokens, (double) clipped / tokens, kl / tokens);
    }

    /**
     * The same with one advantage per sample, as for {@link LeaveOneOut}: every token uses its sample's advantage and
     * its own ratio, so several epochs are possible. Dividing by tokens, not samples, makes this 1 / (mean length)
     * times REINFORCE's mean over samples of A_b log pi(b), and keeps the meaning of beta in {@link KlPenalty}: both
     * are sums over a sample's tokens. RLOO as published has one ratio per sample.
     */
    public Result ofSamples(float[][] logProbabilities, float[][] old, double[] advantages, long tokens) {
        return of(logProbabilities, old, Ragged.spread(advantages, logProbabilities), tokens);
    }
}

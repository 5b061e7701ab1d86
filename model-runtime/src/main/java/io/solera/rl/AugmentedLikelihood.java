package io.solera.rl;

import java.io.Serializable;

/**
 * REINVENT's difference between augmented and posterior likelihood, "dap" (Olivecrona et al., J. Cheminform. 2017):
 * L = mean over samples of (log pi_ref(b) + sigma score_b - log pi(b))^2, so c_bt = 2 (log pi(b) - augmented_b) / B for
 * every token. A missing score makes c = 0 and adds 0 to the loss; its sample counts in B. The loss already contains
 * the reference, so no {@link KlPenalty} is added.
 *
 * @param sigma nats per unit of score; scores are shaped, on [0, 1]
 */
public record AugmentedLikelihood(double sigma) implements Serializable {
    public AugmentedLikelihood {
        Setting.above("sigma", sigma, 0);
    }

    /** @param coefficients dL/dlog pi [b][t], the same for all tokens of a sample */
    public record Result(float[][] coefficients, double loss) {}

    /** @param samples B of the whole minibatch, so that the results of its parts add up to the result of the whole */
    public Result of(float[][] logProbabilities, float[][] reference, double[] scores, long samples) {
        Ragged.requireSameLength(scores, logProbabilities);
        double[] difference = KlPenalty.perSample(logProbabilities, reference);
        double[] perSample = new double[scores.length];
        double loss = 0;
        for (int b = 0; b < scores.length; b++) {
            if (!Double.isNaN(scores[b])) {
                double excess = difference[b] - sigma * scores[b];
                loss += excess * excess;
                perSample[b] = 2 * excess / samples;
            }
        }
        return new Result(Ragged.spread(perSample, logProbabilities), loss / samples);
    }
}

package io.solera.train.learner;

import io.solera.config.AlgorithmSettings;
import io.solera.config.KlSettings;
import io.solera.rl.AugmentedLikelihood;
import io.solera.rl.ClippedLoss;
import io.solera.rl.KlPenalty;
import io.solera.rl.Ragged;

/**
 * The loss of a minibatch as coefficients c = dL/dlog pi: the weighted sum over a learner's objectives, and the divergence from the
 * reference once, outside of it.
 */
final class PolicyLoss {
    private final AlgorithmSettings algorithm;
    private final KlSettings kl;

    PolicyLoss(AlgorithmSettings algorithm, KlSettings kl) {
        this.algorithm = algorithm;
        this.kl = kl;
    }

    /**
     * @param batch the samples of one pass, a part of the minibatch
     * @param tokens in the whole minibatch
     * @param samples in the whole minibatch
     */
    float[][] coefficients(float[][] logProbabilities, Minibatch batch, long tokens, int samples, StepMetrics metrics) {
        float[][] sum = Ragged.zerosLike(logProbabilities);
        for (Minibatch.Term term : batch.terms()) {
            double weight = term.objective().weight();
            if (algorithm.name() == AlgorithmSettings.Name.DAP) {
                AugmentedLikelihood.Result dap = new AugmentedLikelihood(algorithm.sigma())
                        .of(logProbabilities, batch.reference(), term.scores(), samples);
                Ragged.add(sum, weight, dap.coefficients());
                metrics.add("loss", weight * dap.loss());
            } else {
                ClippedLoss.Result clipped = new ClippedLoss(algorithm.clipRange())
                        .of(logProbabilities, batch.old(), term.advantages(), tokens);
                Ragged.add(sum, weight, clipped.coefficients());
                metrics.add("loss", weight * clipped.loss());
                metrics.add("clip_fraction", weight * clipped.clipFraction());
                metrics.add("approximate_kl", weight * clipped.approximateKl());
            }
        }
        KlPenalty.Result penalty = new KlPenalty(kl.coefficient()).of(logProbabilities, batch.reference(), tokens);
        metrics.add("kl", penalty.kl());
        if (algorithm.name() != AlgorithmSettings.Name.DAP && kl.form() == KlSettings.Form.LOSS) {
            Ragged.add(sum, 1, penalty.coefficients());
        }
        return sum;
    }
}

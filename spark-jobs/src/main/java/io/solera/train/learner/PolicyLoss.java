package io.solera.train.learner;

import io.solera.rl.KlPenalty;
import io.solera.rl.Ragged;
import io.solera.rl.algorithm.Algorithm;

/**
 * The loss of a minibatch as coefficients c = dL/dlog pi: the weighted sum over a learner's objectives, and the
 * divergence from the reference once, outside of it.
 */
record PolicyLoss(Algorithm algorithm) {
    /**
     * @param batch the samples of one pass, a part of the minibatch
     * @param tokens in the whole minibatch
     * @param samples in the whole minibatch
     */
    float[][] coefficients(float[][] logProbabilities, Minibatch batch, long tokens, int samples, StepMetrics metrics) {
        float[][] sum = Ragged.zerosLike(logProbabilities);
        for (Minibatch.Term term : batch.terms()) {
            double weight = term.objective().weight();
            Algorithm.Loss loss = algorithm.loss(new Algorithm.Pass(
                    logProbabilities,
                    batch.old(),
                    batch.reference(),
                    term.scores(),
                    term.advantages(),
                    tokens,
                    samples));
            Ragged.add(sum, weight, loss.coefficients());
            loss.figures().forEach((name, value) -> metrics.add(name, weight * value));
        }
        KlPenalty.Result penalty =
                new KlPenalty(algorithm.divergenceInLoss()).of(logProbabilities, batch.reference(), tokens);
        metrics.add("kl", penalty.kl());
        if (algorithm.divergenceInLoss() > 0) {
            Ragged.add(sum, 1, penalty.coefficients());
        }
        return sum;
    }
}

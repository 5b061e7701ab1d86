package io.solera.train.update;

import io.solera.rl.KlPenalty;
import io.solera.rl.Ragged;
import io.solera.rl.algorithm.Algorithm;
import io.solera.train.learner.StepMetrics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The losses of a minibatch as coefficients c = dL/dlog pi. Either one, the weighted sum over a learner's objectives
 * with the divergence from the reference; or, where a rule combines the gradients, one for each objective, without its
 * weight, and the divergence on its own at the end, since it is outside of what is combined.
 *
 * @param perObjective whether each objective has a loss of its own
 */
record PolicyLoss(Algorithm algorithm, boolean perObjective) implements Serializable {
    /** Whether the last of the losses is the divergence. */
    boolean endsWithDivergence() {
        return perObjective && algorithm.divergenceInLoss() > 0;
    }

    /**
     * @param batch the samples of one pass, a part of the minibatch
     * @param tokens in the whole minibatch
     * @param samples in the whole minibatch
     */
    List<float[][]> coefficients(
            float[][] logProbabilities, Minibatch batch, long tokens, int samples, StepMetrics metrics) {
        List<float[][]> losses = new ArrayList<>();
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
            loss.figures().forEach((name, value) -> metrics.add(name, weight * value));
            if (perObjective) {
                losses.add(loss.coefficients());
            } else {
                Ragged.add(sum, weight, loss.coefficients());
            }
        }
        KlPenalty.Result penalty =
                new KlPenalty(algorithm.divergenceInLoss()).of(logProbabilities, batch.reference(), tokens);
        metrics.add("kl", penalty.kl());
        if (algorithm.divergenceInLoss() > 0) {
            Ragged.add(sum, 1, penalty.coefficients());
        }
        if (!perObjective || endsWithDivergence()) {
            losses.add(sum);
        }
        return losses;
    }
}

package io.solera.train.update;

import io.solera.cluster.TaskEnd;
import io.solera.meter.Work;
import io.solera.model.Likelihood;
import io.solera.rl.BlockVector;
import io.solera.rl.Ragged;
import io.solera.rl.RandomKey;
import io.solera.rl.SumTree;
import io.solera.train.learner.StepMetrics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A part of a minibatch's gradients, the unit of work of an update: of {@code update-batch} samples, in passes of as
 * many as fit in memory.
 *
 * @param index among the minibatch's parts
 * @param first sample's place in the minibatch
 * @param tokens in the whole minibatch
 * @param samples in the whole minibatch
 * @param dropout of the whole minibatch; each pass takes the child of its first sample's place
 */
record PartGradient(int index, int first, Minibatch part, long tokens, int samples, RandomKey dropout)
        implements Serializable {
    /**
     * Sums over the part.
     *
     * @param gradients of each loss
     * @param logProbabilities [b][t]
     * @param critics of a shared trunk; empty where critics read the reference
     */
    record Sum(List<BlockVector> gradients, float[][] logProbabilities, StepMetrics figures, CriticGradients critics) {}

    /** The parts of a minibatch. */
    static List<PartGradient> of(Minibatch minibatch, int size, RandomKey dropout) {
        List<PartGradient> parts = new ArrayList<>();
        for (int start = 0; start < minibatch.size(); start += size) {
            Minibatch part = minibatch.range(start, Math.min(minibatch.size(), start + size));
            parts.add(new PartGradient(parts.size(), start, part, minibatch.tokenCount(), minibatch.size(), dropout));
        }
        return parts;
    }

    /**
     * @param likelihood under the policy as it is now
     * @param pass samples at a time
     */
    Sum sum(Likelihood likelihood, PolicyLoss loss, Critics critics, int pass) {
        List<BlockVector> sums = new ArrayList<>();
        List<float[]> logProbabilities = new ArrayList<>();
        StepMetrics figures = new StepMetrics();
        CriticGradients ofCritics = CriticGradients.none();
        for (int start = 0; start < part.size(); start += pass) {
            TaskEnd.check();
            Minibatch batch = part.range(start, Math.min(part.size(), start + pass));
            Work.PASSES.add(1);
            List<BlockVector> gradients = likelihood.gradients(
                    batch.sequences(), dropout.with(first + start), critics.readPolicy(), (seen, hidden) -> {
                        logProbabilities.addAll(List.of(seen.logProbabilities()));
                        return losses(seen, hidden, batch, loss, critics, figures, ofCritics);
                    });
            if (sums.isEmpty()) {
                sums.addAll(gradients);
            } else {
                SumTree.add(sums, gradients);
            }
        }
        return new Sum(sums, logProbabilities.toArray(float[][]::new), figures, ofCritics);
    }

    private List<Likelihood.Derivatives> losses(
            Likelihood.Tokens seen,
            float[][] hidden,
            Minibatch batch,
            PolicyLoss loss,
            Critics critics,
            StepMetrics figures,
            CriticGradients ofCritics) {
        figures.add("entropy", Arrays.stream(Ragged.sums(seen.entropy())).sum() / tokens);
        List<float[][]> coefficients = loss.coefficients(seen.logProbabilities(), batch, tokens, samples, figures);
        List<float[][]> ofHidden = new ArrayList<>();
        if (critics.readPolicy()) {
            Critics.Shared shared = critics.sharedGradients(batch, hidden, tokens, loss.perObjective());
            ofCritics.add(shared.critics());
            ofHidden.addAll(shared.hidden());
        }
        List<Likelihood.Derivatives> all = new ArrayList<>();
        for (int k = 0; k < coefficients.size(); k++) {
            all.add(new Likelihood.Derivatives(
                    coefficients.get(k), k < ofHidden.size() ? ofHidden.get(k) : new float[0][]));
        }
        return all;
    }
}

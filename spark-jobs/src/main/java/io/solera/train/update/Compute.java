package io.solera.train.update;

import io.solera.model.Sequence;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.Sections;
import io.solera.train.learner.StepMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who computes an update, and holds what is trained: one task, or all that the cluster has. The samples of a step come
 * in parts of a size that the job sets, and sums over them are added in the order of {@link io.solera.rl.SumTree}, so
 * both get the same bytes.
 */
public sealed interface Compute extends AutoCloseable permits OneTask, AllTasks {
    /**
     * Sums over a minibatch, but for the gradients themselves, which stay where they are until the step.
     *
     * @param grams of the gradients of each loss of {@link PolicyLoss}, by section
     * @param logProbabilities [b][t] of the minibatch under the policy at this point
     */
    record Gradients(
            List<GramMatrix> grams, float[][] logProbabilities, StepMetrics figures, CriticGradients critics) {}

    /**
     * The rollout under the reference and, where their log-probabilities are not known, under the policy before the
     * step.
     *
     * @param known how many samples, the first ones, need no pass of the policy
     */
    Seen seen(List<Sequence> sequences, int known, Critics critics);

    /**
     * The gradients at the point that the last step has reached.
     *
     * @param places of the minibatch's samples in the rollout that was seen
     * @param sections of the gradients whose products are wanted
     */
    Gradients gradients(
            Minibatch minibatch, int[] places, PolicyLoss loss, Sections sections, Critics critics, RandomKey dropout);

    /** A step of the optimiser along scale sum_k alpha_k g_k, of the gradients g that were computed last. */
    void step(Coefficients alphas, float scale, double learningRate);

    /** The time of tasks so far, in seconds, one core each. */
    double seconds();

    @Override
    void close();

    /** Of the samples of a minibatch, those in a part of the rollout: where they are in the minibatch. */
    static int[] inPart(int[] places, int part, int size) {
        return IntStream.range(0, places.length)
                .filter(k -> places[k] / size == part)
                .toArray();
    }

    /** The rows of a part of the rollout, of which a minibatch's samples are these. */
    static int[] rows(int[] places, int[] chosen, int size) {
        return Arrays.stream(chosen).map(k -> places[k] % size).toArray();
    }
}

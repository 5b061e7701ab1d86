package io.solera.train.update;

import io.solera.model.Sequence;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.Sections;
import io.solera.train.learner.StepMetrics;
import java.util.ArrayList;
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
     */
    record Gradients(List<GramMatrix> grams, StepMetrics figures, CriticGradients critics) {}

    /** The rollout under the reference and under the policy before the step. */
    Seen seen(List<Sequence> sequences, Critics critics);

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

    /** The parts of a rollout. */
    static <T> List<List<T>> parts(List<T> samples, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < samples.size(); start += size) {
            parts.add(List.copyOf(samples.subList(start, Math.min(samples.size(), start + size))));
        }
        return parts;
    }

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

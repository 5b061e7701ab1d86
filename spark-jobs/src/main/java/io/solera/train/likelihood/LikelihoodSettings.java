package io.solera.train.likelihood;

import io.solera.rl.AdamW;
import io.solera.rl.RandomKey;
import java.io.Serializable;

/**
 * Likelihood training. The learning rate rises over {@code warmupSteps}, stays, and falls to 0 along a line over the last
 * {@code decayShare} of the steps (Hägele et al., NeurIPS 2024), so that a run can be resumed towards more epochs.
 *
 * @param batchSize sequences per step of the optimiser
 * @param microBatch sequences per unit of work; their gradients are added in order, so partitions do not change the result
 * @param gradientClip the gradient's norm is cut to this; 0: never
 * @param heldOutShare of the distinct texts, never trained on
 * @param partitions tasks that a step is spread over at most, 0 for one per core; no part of the result
 */
public record LikelihoodSettings(
        long seed,
        int epochs,
        int batchSize,
        int microBatch,
        double learningRate,
        int warmupSteps,
        double decayShare,
        AdamW.Settings adam,
        double gradientClip,
        double heldOutShare,
        int partitions)
        implements Serializable {
    public LikelihoodSettings {
        atLeast("epochs", epochs, 1);
        atLeast("batch-size", batchSize, 1);
        atLeast("micro-batch", microBatch, 1);
        atLeast("warmup-steps", warmupSteps, 0);
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("Invalid learning-rate: %s (must be above 0)".formatted(learningRate));
        }
        if (!(gradientClip >= 0)) {
            throw new IllegalArgumentException(
                    "Invalid gradient-clip: %s (must be 0 for none, or more)".formatted(gradientClip));
        }
        if (!(decayShare >= 0 && decayShare <= 1)) {
            throw new IllegalArgumentException("Invalid decay-share: %s (must be from 0 to 1)".formatted(decayShare));
        }
        if (!(heldOutShare >= 0 && heldOutShare < 1)) {
            throw new IllegalArgumentException(
                    "Invalid held-out-share: %s (must be 0 or more and below 1)".formatted(heldOutShare));
        }
    }

    /** The learning rate of a step, counted from 0, of {@code steps} in all. */
    double learningRate(long step, long steps) {
        double warmup = Math.min(1, (step + 1.0) / Math.max(1, warmupSteps(steps)));
        double decay = decayShare == 0 ? 1 : Math.min(1, (steps - step) / (decayShare * steps));
        return learningRate * Math.min(warmup, decay);
    }

    /** The warm-up of a run of {@code steps}: one that is longer than the run ends with it. */
    public long warmupSteps(long steps) {
        return Math.min(warmupSteps, steps);
    }

    /** The steps of all epochs over a corpus. */
    public long steps(Corpus corpus) {
        return (long) epochs * corpus.batches(batchSize, RandomKey.of(seed)).size();
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("Invalid %s: %d (must be at least %d)".formatted(key, value, least));
        }
    }
}

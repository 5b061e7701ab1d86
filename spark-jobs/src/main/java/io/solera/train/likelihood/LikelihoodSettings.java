package io.solera.train.likelihood;

import io.solera.rl.AdamW;
import io.solera.rl.RandomKey;
import io.solera.rl.Setting;
import java.io.Serializable;

/**
 * Likelihood training. The learning rate rises over {@code warmupSteps}, stays, and falls to 0 along a line over the
 * last {@code decayShare} of the steps (Hägele et al., NeurIPS 2024), so that a run can be resumed towards more epochs.
 *
 * @param batchSize sequences per step of the optimiser
 * @param microBatch sequences per unit of work; their gradients are added in order, so partitions do not change the
 *     result
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
        Setting.atLeastOne("epochs", epochs);
        Setting.atLeastOne("batch-size", batchSize);
        Setting.atLeastOne("micro-batch", microBatch);
        Setting.atLeast("warmup-steps", warmupSteps, 0);
        Setting.above("learning-rate", learningRate, 0);
        Setting.require(gradientClip >= 0, "gradient-clip", gradientClip, "must be 0 for none, or more");
        Setting.fromZeroToOne("decay-share", decayShare);
        Setting.atLeastZeroBelowOne("held-out-share", heldOutShare);
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
}

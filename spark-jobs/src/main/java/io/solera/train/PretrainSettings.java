package io.solera.train;

import java.io.Serializable;

/**
 * Likelihood training: passes over the data, sequences in a batch and in a micro-batch (the unit of work, summed in order, so that
 * the result does not depend on partitions), the highest learning rate, reached after {@code warmupSteps} and then lowered along a
 * cosine to a hundredth, and the decoupled weight decay. The gradient's norm is cut to {@code gradientClip}.
 */
public record PretrainSettings(
        long seed,
        int epochs,
        int batchSize,
        int microBatch,
        double learningRate,
        int warmupSteps,
        double weightDecay,
        double gradientClip,
        double heldOutShare)
        implements Serializable {
    public PretrainSettings {
        atLeast("epochs", epochs, 1);
        atLeast("batch-size", batchSize, 1);
        atLeast("micro-batch", microBatch, 1);
        atLeast("warmup-steps", warmupSteps, 0);
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("Invalid learning-rate: %s (must be above 0)".formatted(learningRate));
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("Invalid weight-decay: %s (must be 0 or more)".formatted(weightDecay));
        }
        if (!(gradientClip >= 0)) {
            throw new IllegalArgumentException(
                    "Invalid gradient-clip: %s (must be 0 for none, or more)".formatted(gradientClip));
        }
        if (!(heldOutShare >= 0 && heldOutShare < 1)) {
            throw new IllegalArgumentException(
                    "Invalid held-out-share: %s (must be 0 or more and below 1)".formatted(heldOutShare));
        }
    }

    /** The learning rate of a step, counted from 0, of {@code steps} in all. */
    double learningRate(long step, long steps) {
        if (step < warmupSteps) {
            return learningRate * (step + 1) / warmupSteps;
        }
        double progress = (double) (step - warmupSteps) / Math.max(1, steps - warmupSteps);
        return learningRate * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * progress)));
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("Invalid %s: %d (must be at least %d)".formatted(key, value, least));
        }
    }
}

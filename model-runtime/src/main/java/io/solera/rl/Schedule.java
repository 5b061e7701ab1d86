package io.solera.rl;

import java.io.Serializable;

/**
 * The learning rate over a run's steps: a linear rise to its peak over the warm-up, then constant, or linear to 0 at
 * the end of the run.
 *
 * @param learningRate the peak
 * @param warmupSteps warm-up step s uses (s + 1) / warmupSteps of the peak; capped at the number of steps of the run
 */
public record Schedule(Decay decay, double learningRate, long warmupSteps) implements Serializable {
    /** What happens after the warm-up. */
    public enum Decay {
        CONSTANT,
        LINEAR
    }

    public Schedule {
        Setting.above("learning-rate", learningRate, 0);
        Setting.atLeast("warmup-steps", (double) warmupSteps, 0);
    }

    /** The learning rate of step 0 .. totalSteps - 1; 0 from totalSteps on if it decays. */
    public double at(long step, long totalSteps) {
        long warmup = Math.min(warmupSteps, totalSteps);
        if (step < warmup) {
            return learningRate * (step + 1) / warmup;
        }
        if (decay == Decay.CONSTANT) {
            return learningRate;
        }
        return step >= totalSteps ? 0 : learningRate * (totalSteps - step) / (totalSteps - warmup);
    }
}

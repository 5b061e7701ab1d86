package io.solera.config;

import io.solera.problem.SettingException;
import io.solera.rl.AdamW;
import io.solera.rl.Schedule;
import java.io.Serializable;

/**
 * AdamW on the policy.
 *
 * @param decay of the learning rate, in steps of the job
 * @param schedule whether those are counted over the run, or anew in each round as published
 * @param gradientClip maximum norm of a step's gradient, 0 for none
 * @param moments whether the moments start at 0 in each round, as published
 */
public record OptimizerSettings(
        double learningRate,
        Schedule.Decay decay,
        Span schedule,
        long warmupSteps,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double gradientClip,
        Moments moments)
        implements Serializable {
    /** What a schedule runs over. */
    public enum Span {
        RUN,
        PER_VISIT
    }

    /** What becomes of the moments when a round begins. */
    public enum Moments {
        RESET_EACH_ROUND,
        KEEP
    }

    public OptimizerSettings {
        new Schedule(decay, learningRate, warmupSteps);
        new AdamW.Settings(beta1, beta2, epsilon, weightDecay);
        if (!(gradientClip >= 0)) {
            throw new SettingException("gradient-clip", gradientClip, "must be 0 for none, or more");
        }
    }

    static OptimizerSettings defaults() {
        return new OptimizerSettings(
                1.41e-5, Schedule.Decay.LINEAR, Span.RUN, 0, 0.9, 0.999, 1e-8, 0.01, 1, Moments.RESET_EACH_ROUND);
    }

    public AdamW.Settings adam() {
        return new AdamW.Settings(beta1, beta2, epsilon, weightDecay);
    }

    /** The share of the peak learning rate in step {@code step} of round {@code round}, both counted from 0. */
    public double rate(double peak, int round, int step, int stepsPerRound, int rounds) {
        Schedule rates = new Schedule(decay, peak, warmupSteps);
        return schedule == Span.RUN
                ? rates.at((long) round * stepsPerRound + step, (long) rounds * stepsPerRound)
                : rates.at(step, stepsPerRound);
    }
}

package io.solera.train.update;

import io.solera.checkpoint.Policy;
import io.solera.config.RunName;
import io.solera.config.TrainJob;
import io.solera.rl.RandomKey;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.LogProbabilityGap;
import io.solera.train.learner.TrainingBatch;
import io.solera.train.rollout.ScoredSample;
import java.io.Serializable;
import java.util.List;

/**
 * What a learner makes of a scored rollout.
 *
 * @param learner with the objectives that it trains on now
 * @param rewards names of all rewards of the job, in its order
 */
public record LearnerStep(TrainJob job, int round, Learner learner, List<String> rewards) implements Serializable {
    /** What the learner keeps next to what it trains, which is where it was computed, and what is reported. */
    public record Done(KeptState kept, LearnerUpdate update) {}

    /**
     * @param before critics and memory
     * @param samples in the order of their ids
     * @param compute at what the learner is before the step
     */
    public Done from(KeptState before, int step, List<ScoredSample> samples, Policy reference, Compute compute) {
        double rate = job.optimizer().rate(1, round - 1, step, job.stepsPerRound(), job.allRounds());
        RandomKey key = RandomKey.of(job.seed())
                .with("minibatches")
                .with(round)
                .with(step)
                .with(learner.name());
        TrainingBatch batch = TrainingBatch.of(job, learner, before.memory(), samples, key.with("replay"));
        PolicyUpdate.Outcome outcome =
                new PolicyUpdate(reference, job).step(learner, before.critics(), batch, rate, key, compute);
        outcome.metrics().describe(samples, rewards, job.writesMolecules());
        batch.describe(outcome.metrics(), job);
        LogProbabilityGap gap =
                outcome.gap().ofSample(samples.get((int) outcome.gap().sample()).id());
        outcome.metrics().put(RunName.LOG_PROBABILITY_GAP.text(), gap.nats());
        return new Done(
                new KeptState(null, outcome.critics(), batch.memory()),
                new LearnerUpdate(learner.name(), step, outcome.advantages(), batch.factors(), gap, outcome.metrics()));
    }
}

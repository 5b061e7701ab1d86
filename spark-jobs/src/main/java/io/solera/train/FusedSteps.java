package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.Trainable;
import io.solera.cluster.Described;
import io.solera.config.TrainJob;
import io.solera.rl.BlockVector;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerShape;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.ParameterStore;
import io.solera.train.rollout.DrawCounts;
import io.solera.train.rollout.MicroBatch;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.RolloutSample;
import io.solera.train.rollout.ScoredSample;
import io.solera.train.update.LearnerStep;
import io.solera.train.update.OneTask;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * One stage for the whole round: a task owns a learner and runs all its steps in place, so that only rho goes out and
 * theta_i comes back. A task that is lost starts its round again from rho, and finds the same.
 */
record FusedSteps(RoundSteps steps) {
    /**
     * What a learner reports of its round; theta_i and what it keeps are in the work folder.
     *
     * @param samples of all steps
     */
    private record Trained(List<LearnerUpdate> updates, List<ScoredSample> samples) implements Serializable {}

    TrainedRound run(RoundSteps.Round round) throws IOException {
        steps.writeStart(round);
        int pass = steps.pass();
        List<Task> tasks = new ArrayList<>();
        for (Learner learner : round.learners()) {
            tasks.add(new Task(
                    steps.learnerStep(round, learner),
                    round.used(),
                    steps.shape(learner.name()),
                    steps.keepsMoments(),
                    round.store(),
                    pass,
                    steps.reference(),
                    steps.rewards(),
                    steps.prompts()));
        }
        int m = steps.job().stepsPerRound();
        String names =
                Described.named(round.learners().stream().map(Learner::name).toList());
        DrawCounts counts = DrawCounts.of(steps.spark().sc());
        SteppedLearners stepped = new SteppedLearners(steps, round);
        JavaRDD<Trained> trained;
        List<List<LearnerUpdate>> all;
        try (Described part = Described.more(steps.spark().sc(), ": all %d steps of %s".formatted(m, names))) {
            trained = steps.spark()
                    .parallelize(tasks, tasks.size())
                    .map(task -> task.run(counts))
                    .setName("rounds of " + names)
                    .persist(StorageLevel.MEMORY_AND_DISK());
            all = Together.watched(() -> trained.map(Trained::updates).collect(), stepped::look);
        }
        List<LearnerUpdate> updates = new ArrayList<>();
        for (int step = 0; step < m; step++) {
            int number = step;
            List<LearnerUpdate> made = all.stream().map(of -> of.get(number)).toList();
            updates.addAll(made);
            steps.check(round, made);
            stepped.report(step, made);
        }
        JavaRDD<ScoredSample> samples = trained.flatMap(of -> of.samples().iterator());
        return steps.trained(round, updates, List.of(samples), trained::unpersist);
    }

    /**
     * The round of one learner, in one task.
     *
     * @param used names of the rewards that are asked
     * @param shape with the objectives of the whole run, of which its state keeps the critics
     */
    private record Task(
            LearnerStep learnerStep,
            List<String> used,
            LearnerShape shape,
            boolean keepsMoments,
            ParameterStore store,
            int pass,
            Broadcast<Policy> reference,
            Broadcast<RewardSet> rewards,
            Broadcast<Prompts> prompts)
            implements Serializable {
        Trained run(DrawCounts counts) throws IOException {
            String name = learnerStep.learner().name();
            int m = learnerStep.job().stepsPerRound();
            BlockVector fixed = store.fixed();
            Trainable trainable = reference.value().trainable();
            LearnerState state = store.state(name, 0, shape, keepsMoments);
            List<LearnerUpdate> updates = new ArrayList<>();
            List<ScoredSample> all = new ArrayList<>();
            for (int step = 0; step < m; step++) {
                List<ScoredSample> samples = sample(step, trainable.compose(fixed, state.theta()), counts);
                all.addAll(samples);
                try (OneTask compute = new OneTask(reference.value(), learnerStep.job(), pass, fixed, state)) {
                    LearnerStep.Done done =
                            learnerStep.from(state.kept(false), step, samples, reference.value(), compute);
                    state = compute.state(done.kept());
                    updates.add(done.update());
                }
                SteppedLearners.tell(
                        store.work(), updates.get(step), rewards.value().names());
            }
            store.write(name, m, state, keepsMoments);
            return new Trained(updates, all);
        }

        /** Draws and scores the samples of a step. */
        private List<ScoredSample> sample(int step, BlockVector composed, DrawCounts counts) {
            TrainJob job = learnerStep.job();
            List<ScoredSample> samples = new ArrayList<>();
            for (MicroBatch microBatch :
                    RoundSteps.microBatches(job, prompts.value(), learnerStep.round(), learnerStep.learner(), step)) {
                List<RolloutSample> drawn = counts.add(
                        RolloutSample.of(microBatch, reference.value(), composed, prompts.value(), job.sampling()));
                samples.addAll(ScoredSample.of(drawn, rewards.value(), used));
            }
            return samples;
        }
    }
}

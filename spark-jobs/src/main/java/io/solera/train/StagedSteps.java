package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Described;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerShape;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.ParameterStore;
import io.solera.train.rollout.ScoredSample;
import io.solera.train.update.LearnerStep;
import io.solera.train.update.OneTask;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Each step in two stages: generate and score, spread over all slots by micro-batch; then update, one task per learner.
 * A learner's state after a step is an object of the round's work folder, so a task can be run again anywhere.
 */
record StagedSteps(RoundSteps steps) {
    TrainedRound run(RoundSteps.Round round) throws IOException {
        ParameterStore store = round.store();
        steps.writeStart(round);
        List<JavaRDD<ScoredSample>> rollouts = new ArrayList<>();
        List<LearnerUpdate> updates = new ArrayList<>();
        for (int step = 0; step < steps.job().stepsPerRound(); step++) {
            JavaRDD<ScoredSample> rollout =
                    steps.sample(round, step, microBatch -> store.composed(microBatch.learner(), microBatch.step()));
            rollouts.add(rollout);
            List<LearnerUpdate> made = updated(round, step, rollout);
            updates.addAll(made);
            steps.stepped(round, step, made);
        }
        return steps.trained(round, updates, rollouts, () -> rollouts.forEach(JavaRDD::unpersist));
    }

    private List<LearnerUpdate> updated(RoundSteps.Round round, int step, JavaRDD<ScoredSample> rollout) {
        Map<String, Integer> partitionOf = new LinkedHashMap<>();
        Map<String, Task> tasks = new LinkedHashMap<>();
        int pass = steps.pass();
        for (Learner learner : round.learners()) {
            partitionOf.put(learner.name(), partitionOf.size());
            tasks.put(
                    learner.name(),
                    new Task(
                            steps.learnerStep(round, learner),
                            step,
                            steps.shape(learner.name()),
                            steps.keepsMoments(),
                            round.store(),
                            steps.reference(),
                            pass));
        }
        JavaPairRDD<Integer, ScoredSample> byLearner;
        try (Described part = steps.described(round, step, "rollouts")) {
            byLearner = rollout.keyBy(sample -> partitionOf.get(sample.learner()));
        }
        try (Described part = steps.described(round, step, "rollouts and updates")) {
            return byLearner
                    .partitionBy(new HashPartitioner(partitionOf.size()))
                    .values()
                    .mapPartitions(samples -> updated(tasks, samples))
                    .collect();
        }
    }

    private static Iterator<LearnerUpdate> updated(Map<String, Task> tasks, Iterator<ScoredSample> rows)
            throws IOException {
        List<ScoredSample> samples = new ArrayList<>();
        rows.forEachRemaining(samples::add);
        samples.sort(Comparator.comparingLong(ScoredSample::id));
        Task task = Objects.requireNonNull(tasks.get(samples.get(0).learner()));
        return List.of(task.update(samples)).iterator();
    }

    /**
     * The update of one learner, in one task.
     *
     * @param shape with the objectives of the whole run, of which its state keeps the critics
     */
    private record Task(
            LearnerStep learnerStep,
            int step,
            LearnerShape shape,
            boolean keepsMoments,
            ParameterStore store,
            Broadcast<Policy> reference,
            int pass)
            implements Serializable {
        LearnerUpdate update(List<ScoredSample> samples) throws IOException {
            String name = learnerStep.learner().name();
            LearnerState start = store.state(name, step, shape, keepsMoments);
            try (OneTask compute = new OneTask(reference.value(), learnerStep.job(), pass, store.fixed(), start)) {
                LearnerStep.Done done = learnerStep.from(start.kept(false), step, samples, reference.value(), compute);
                boolean last = step + 1 == learnerStep.job().stepsPerRound();
                store.write(name, step + 1, compute.state(done.kept()), !last || keepsMoments);
                return done.update();
            }
        }
    }
}

package io.solera.train;

import io.solera.checkpoint.Trainable;
import io.solera.rl.BlockVector;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.ParameterStore;
import io.solera.train.rollout.ScoredSample;
import io.solera.train.update.AllTasks;
import io.solera.train.update.Compute;
import io.solera.train.update.LearnerStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Each step in stages that use all slots: generate and score, then the passes of the updates, by part. The
 * learners' states are on the driver, which sums what tasks have summed, steps, and sends parameters out; a thread for
 * each learner, so that all of them share the slots.
 */
record SharedSteps(RoundSteps steps) {
    TrainedRound run(RoundSteps.Round round) throws IOException {
        BlockVector rho = round.before().rho();
        Trainable trainable = steps.reference().value().trainable();
        BlockVector fixed = trainable.fixed(rho);
        steps.writeStart(round);
        Map<String, LearnerState> states = new LinkedHashMap<>();
        for (Learner learner : round.learners()) {
            KeptState kept = round.before().kept(learner.name());
            LearnerState start = kept.at(trainable.start(rho, round.store().start()));
            // steps change moments in place, and the state before the round is still needed
            states.put(learner.name(), start.withOwnMoments());
        }
        List<Dataset<Row>> rollouts = new ArrayList<>();
        List<LearnerUpdate> updates = new ArrayList<>();
        for (int step = 0; step < steps.job().stepsPerRound(); step++) {
            List<LearnerUpdate> made = step(round, step, states, fixed, rollouts);
            updates.addAll(made);
            steps.stepped(round, step, made);
        }
        List<BlockVector> thetas = new ArrayList<>();
        Map<String, KeptState> kept = new LinkedHashMap<>();
        states.forEach((name, state) -> {
            thetas.add(state.theta());
            kept.put(name, state.kept(steps.keepsMoments()));
        });
        return new TrainedRound(
                round.learners(), thetas, kept, updates, rollouts, () -> rollouts.forEach(Dataset::unpersist));
    }

    private List<LearnerUpdate> step(
            RoundSteps.Round round,
            int step,
            Map<String, LearnerState> states,
            BlockVector fixed,
            List<Dataset<Row>> rollouts)
            throws IOException {
        ParameterStore store = round.store();
        for (Map.Entry<String, LearnerState> learner : states.entrySet()) {
            if (step > 0) {
                store.writeTheta(learner.getKey(), step, learner.getValue().theta());
            }
        }
        Dataset<Row> rollout =
                steps.sample(round, step, microBatch -> store.composed(microBatch.learner(), microBatch.step()));
        rollouts.add(rollout);
        List<String> names = steps.rewards().value().names();
        List<ScoredSample> all =
                rollout.javaRDD().map(row -> ScoredSample.of(row, names)).collect();
        List<LearnerUpdate> made = new ArrayList<>();
        List<Callable<LearnerStep.Done>> work = new ArrayList<>();
        for (Learner learner : round.learners()) {
            List<ScoredSample> samples = all.stream()
                    .filter(sample -> sample.learner().equals(learner.name()))
                    .sorted(Comparator.comparingLong(ScoredSample::id))
                    .toList();
            LearnerState start = Objects.requireNonNull(states.get(learner.name()));
            work.add(() -> updated(steps.learnerStep(round, learner), start, step, samples, fixed));
        }
        for (LearnerStep.Done done : Together.all(work)) {
            states.put(done.update().learner(), done.state());
            made.add(done.update());
        }
        return made;
    }

    private LearnerStep.Done updated(
            LearnerStep learnerStep, LearnerState start, int step, List<ScoredSample> samples, BlockVector fixed) {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(steps.session().sparkContext());
        try (Compute compute =
                new AllTasks(spark, steps.reference(), steps.job(), steps.pass(), fixed, steps.slots())) {
            return learnerStep.from(start, step, samples, steps.reference().value(), compute);
        }
    }
}

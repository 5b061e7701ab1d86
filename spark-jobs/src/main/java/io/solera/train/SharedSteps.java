package io.solera.train;

import io.solera.checkpoint.Trainable;
import io.solera.cluster.Described;
import io.solera.config.AlgorithmSettings;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.ParameterBlocks;
import io.solera.train.learner.ParameterStore;
import io.solera.train.rollout.ScoredSample;
import io.solera.train.update.AllTasks;
import io.solera.train.update.Compute;
import io.solera.train.update.DriverVectors;
import io.solera.train.update.LearnerStep;
import io.solera.train.update.SharedVectors;
import io.solera.train.update.TaskTools;
import io.solera.train.update.WorkVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaRDD;

/**
 * Each step in stages that use all slots: generate and score, then the passes of the updates, by part. What learners
 * train is on the driver, which adds up what tasks have summed, steps, and sends theta out; or, of a large policy,
 * block by block in the work folder. A thread of the driver for each learner, so that all of them share the slots.
 */
record SharedSteps(RoundSteps steps, boolean inBlocks) {
    /** A learner between its steps. */
    private static final class Training {
        private final Learner learner;
        private final SharedVectors vectors;
        private KeptState kept;

        Training(Learner learner, SharedVectors vectors, KeptState kept) {
            this.learner = learner;
            this.vectors = vectors;
            this.kept = kept;
        }
    }

    TrainedRound run(RoundSteps.Round round) throws IOException {
        List<Training> learners = new ArrayList<>();
        for (Learner learner : round.learners()) {
            KeptState kept = round.before().kept(learner.name());
            learners.add(new Training(learner, vectors(round, learner, kept), kept));
        }
        List<JavaRDD<ScoredSample>> rollouts = new ArrayList<>();
        List<LearnerUpdate> updates = new ArrayList<>();
        for (int step = 0; step < steps.job().stepsPerRound(); step++) {
            List<LearnerUpdate> made = step(round, step, learners, rollouts);
            updates.addAll(made);
            steps.stepped(round, step, made);
        }
        List<Blocks> thetas = new ArrayList<>();
        Map<String, KeptState> kept = new LinkedHashMap<>();
        for (Training learner : learners) {
            thetas.add(learner.vectors.theta());
            kept.put(
                    learner.learner.name(),
                    steps.keepsMoments() ? learner.vectors.withMoments(learner.kept) : learner.kept);
        }
        return new TrainedRound(
                round.learners(), thetas, kept, updates, rollouts, () -> rollouts.forEach(JavaRDD::unpersist));
    }

    private SharedVectors vectors(RoundSteps.Round round, Learner learner, KeptState kept) {
        AdamW.Settings adam = steps.job().optimizer().adam();
        ParameterStore store = round.store();
        if (inBlocks) {
            AlgorithmSettings algorithm = steps.job().algorithm();
            return new WorkVectors(
                    new ParameterBlocks(store, learner.name()), adam, algorithm.epochs() * algorithm.minibatches());
        }
        BlockVector rho = round.before().rho().whole();
        Trainable trainable = steps.reference().value().trainable();
        // steps change moments in place, and the state before the round is still needed
        LearnerState start = kept.at(trainable.start(rho, store.start())).withOwnMoments();
        return new DriverVectors(steps.spark(), store, learner.name(), trainable, trainable.fixed(rho), adam, start);
    }

    private List<LearnerUpdate> step(
            RoundSteps.Round round, int step, List<Training> learners, List<JavaRDD<ScoredSample>> rollouts)
            throws IOException {
        for (Training learner : learners) {
            learner.vectors.publish(step);
        }
        ParameterStore store = round.store();
        JavaRDD<ScoredSample> rollout = steps.sample(
                round,
                step,
                inBlocks
                        ? draw -> new ParameterBlocks(store, draw.learner())
                                .composed(ParameterBlocks.version(draw.step(), 0, 1))
                        : draw -> store.composed(draw.learner(), draw.step()));
        rollouts.add(rollout);
        List<ScoredSample> all;
        try (Described part = steps.described(round, step, "rollouts")) {
            all = rollout.collect();
        }
        List<Callable<LearnerStep.Done>> work = new ArrayList<>();
        for (Training learner : learners) {
            List<ScoredSample> samples = all.stream()
                    .filter(sample -> sample.learner().equals(learner.learner.name()))
                    .sorted(Comparator.comparingLong(ScoredSample::id))
                    .toList();
            work.add(() -> updated(round, learner, step, samples));
        }
        List<LearnerUpdate> made = new ArrayList<>();
        List<LearnerStep.Done> done = Together.all(work);
        for (int k = 0; k < done.size(); k++) {
            learners.get(k).kept = done.get(k).kept();
            made.add(done.get(k).update());
        }
        return made;
    }

    private LearnerStep.Done updated(RoundSteps.Round round, Training learner, int step, List<ScoredSample> samples) {
        TaskTools tools = new TaskTools(steps.reference(), steps.job(), steps.pass());
        boolean alone = round.learners().size() == 1;
        try (Described part = steps.described(step, List.of(learner.learner), "update");
                Compute compute = new AllTasks(steps.spark(), tools, learner.vectors, steps.slots(), alone)) {
            return steps.learnerStep(round, learner.learner)
                    .from(learner.kept, step, samples, steps.reference().value(), compute);
        }
    }
}

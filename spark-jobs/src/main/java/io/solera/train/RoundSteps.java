package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Slots;
import io.solera.config.OptimizerSettings;
import io.solera.config.TrainJob;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.store.WorkFolder;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerShape;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.ParameterStore;
import io.solera.train.learner.PolicyUpdate;
import io.solera.train.learner.TrainingBatch;
import io.solera.train.memory.MemoryNeed;
import io.solera.train.rollout.MicroBatch;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.Rollout;
import io.solera.train.rollout.ScoredSample;
import io.solera.train.rollout.Scoring;
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
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The m steps of a round's learners, in Spark stages: generate and score, spread over all partitions by micro-batch;
 * then update, one task per learner. A learner's state after a step is an object of the round's work folder, so a task
 * can be run again anywhere.
 */
final class RoundSteps {
    private final SparkSession session;
    private final TrainJob job;
    private final Broadcast<Policy> reference;
    private final Broadcast<RewardSet> rewards;
    private final Broadcast<Prompts> prompts;
    private final List<Learner> all;
    private final RoundProgress progress;
    private final Slots slots;
    private final int pass;

    /** @param all learners of the run, with all their objectives */
    RoundSteps(
            SparkSession session,
            TrainJob job,
            Broadcast<Policy> reference,
            Broadcast<RewardSet> rewards,
            Broadcast<Prompts> prompts,
            List<Learner> all,
            RoundProgress progress,
            Slots slots) {
        this.session = session;
        this.job = job;
        this.reference = reference;
        this.rewards = rewards;
        this.prompts = prompts;
        this.all = all;
        this.progress = progress;
        this.slots = slots;
        pass = MemoryNeed.pass(
                job,
                reference.value().config(),
                Float.BYTES * reference.value().trainedSize(),
                prompts.value().longest());
    }

    /** theta_i <- rho: a round, whose learners are at their start. */
    Round begin(int number, List<Learner> learners, Stage stage, RunState before, WorkFolder work) throws IOException {
        ParameterStore store = new ParameterStore(
                work, reference, before.rho().size(), RandomKey.of(job.seed()).with(number));
        store.writeRho(before.rho());
        for (Learner learner : learners) {
            store.write(learner.name(), before.kept(learner.name()));
        }
        return new Round(number, learners, stage.rewards(), store);
    }

    /** A round in progress, on the driver. */
    final class Round {
        private final int number;
        private final List<Learner> learners;
        private final List<String> stageRewards;
        private final ParameterStore store;
        private final List<Dataset<Row>> rollouts = new ArrayList<>();
        private final List<LearnerUpdate> updates = new ArrayList<>();

        private Round(int number, List<Learner> learners, List<String> stageRewards, ParameterStore store) {
            this.number = number;
            this.learners = learners;
            this.stageRewards = stageRewards;
            this.store = store;
        }

        /**
         * A step of every learner: samples, scores them, and updates.
         *
         * @throws BrokenRewardException where more scores failed than the job allows
         */
        void step(int step) {
            Dataset<Row> rollout = sample(step);
            rollouts.add(rollout);
            List<LearnerUpdate> made = update(step, rollout);
            MissingLimit.check(made, rewards.value(), job.missingLimit());
            updates.addAll(made);
            progress.step(number, step, made);
        }

        /** theta_i of each learner after the round's steps. */
        List<BlockVector> thetas() throws IOException {
            List<BlockVector> thetas = new ArrayList<>();
            for (Learner learner : learners) {
                thetas.add(store.theta(learner.name(), job.stepsPerRound()));
            }
            return thetas;
        }

        /** What the learners keep for the next round. */
        Map<String, KeptState> kept() throws IOException {
            Map<String, KeptState> kept = new LinkedHashMap<>();
            for (Learner learner : learners) {
                LearnerShape shape = shape(learner.name());
                kept.put(learner.name(), store.kept(learner.name(), job.stepsPerRound(), shape, keepsMoments(job)));
            }
            return kept;
        }

        List<Learner> learners() {
            return learners;
        }

        List<LearnerUpdate> updates() {
            return updates;
        }

        /** The rows of all steps, which stay with Spark until {@link #release}. */
        List<Dataset<Row>> rollouts() {
            return rollouts;
        }

        void release() {
            rollouts.forEach(Dataset::unpersist);
        }

        private Dataset<Row> sample(int step) {
            RandomKey key =
                    RandomKey.of(job.seed()).with("generate").with(number).with(step);
            long steps = (number - 1L) * job.stepsPerRound() + step;
            int[] promptIndices = prompts.value().ofStep(steps, job.samplesPerStep(), RandomKey.of(job.seed()));
            List<MicroBatch> microBatches = new ArrayList<>();
            for (Learner learner : learners) {
                microBatches.addAll(MicroBatch.of(
                        number, learner.name(), step, promptIndices, job.microBatch(), key.with(learner.name())));
            }
            ParameterStore parameters = store;
            Dataset<Row> rollout = new Rollout(session, reference, prompts, slots)
                    .sample(
                            microBatches,
                            microBatch -> parameters.composed(microBatch.learner(), microBatch.step()),
                            job.sampling());
            return new Scoring(rewards, prompts, job.microBatch(), stageRewards)
                    .score(rollout)
                    .persist(StorageLevel.MEMORY_AND_DISK());
        }

        private List<LearnerUpdate> update(int step, Dataset<Row> rollout) {
            List<String> names = rewards.value().names();
            Map<String, Integer> partitionOf = new LinkedHashMap<>();
            Map<String, Task> tasks = new LinkedHashMap<>();
            for (Learner learner : learners) {
                partitionOf.put(learner.name(), partitionOf.size());
                tasks.put(
                        learner.name(),
                        new Task(number, step, learner, shape(learner.name()), store, reference, job, pass, names));
            }
            return rollout.javaRDD()
                    .map(row -> ScoredSample.of(row, names))
                    .keyBy(sample -> partitionOf.get(sample.learner()))
                    .partitionBy(new HashPartitioner(learners.size()))
                    .values()
                    .mapPartitions(samples -> updated(tasks, samples))
                    .collect();
        }

        private LearnerShape shape(String name) {
            Learner whole = all.stream()
                    .filter(learner -> learner.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            return LearnerShape.of(whole, reference.value(), job);
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
     * @param learner with the objectives that it trains on now
     * @param shape with those of the whole run, of which its state keeps the critics
     */
    private record Task(
            int round,
            int step,
            Learner learner,
            LearnerShape shape,
            ParameterStore store,
            Broadcast<Policy> reference,
            TrainJob job,
            int pass,
            List<String> rewards)
            implements Serializable {
        LearnerUpdate update(List<ScoredSample> samples) throws IOException {
            double rate = job.optimizer().rate(1, round - 1, step, job.stepsPerRound(), job.allRounds());
            RandomKey key = RandomKey.of(job.seed())
                    .with("minibatches")
                    .with(round)
                    .with(step)
                    .with(learner.name());
            LearnerState start = store.state(learner.name(), step, shape, keepsMoments(job));
            TrainingBatch batch = TrainingBatch.of(job, learner, start.memory(), samples, key.with("replay"));
            PolicyUpdate.Outcome outcome = new PolicyUpdate(reference.value(), job, pass)
                    .step(learner, store.fixed(), start, batch, rate, key);
            store.write(learner.name(), step + 1, outcome.state());
            outcome.metrics().describe(samples, rewards, job.writesMolecules());
            batch.describe(outcome.metrics(), job);
            return new LearnerUpdate(learner.name(), step, outcome.advantages(), batch.factors(), outcome.metrics());
        }
    }

    private static boolean keepsMoments(TrainJob job) {
        return job.optimizer().moments() == OptimizerSettings.Moments.KEEP;
    }
}

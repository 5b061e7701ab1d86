package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.store.WorkFolder;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.PolicyUpdate;
import io.solera.train.learner.TrainingBatch;
import io.solera.train.memory.MemoryNeed;
import io.solera.train.rollout.MicroBatch;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.Rollout;
import io.solera.train.rollout.SampleColumns;
import io.solera.train.rollout.ScoredSample;
import io.solera.train.rollout.Scoring;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The m steps of a round's learners, in Spark stages: generate and score, spread over all partitions by micro-batch; then update,
 * one task per learner. A learner's state after a step is an object of the round's work folder, so a task can be run
 * again anywhere.
 */
public final class RoundSteps {
    private final SparkSession session;
    private final TrainJob job;
    private final Broadcast<Policy> reference;
    private final Broadcast<RewardSet> rewards;
    private final Broadcast<Prompts> prompts;
    private final int partitions;
    private final int pass;

    /**
     * A round's learners, and where their states are.
     *
     * @param learners with the objectives that they train on now
     * @param kept with all objectives of the run, of which their states keep the critics
     * @param rewards that are asked
     * @param rho that the round starts from, where learners train adapters beside it; else empty
     */
    record Round(
            int number,
            List<Learner> learners,
            List<Learner> kept,
            List<String> rewards,
            BlockVector rho,
            WorkFolder work)
            implements Serializable {
        static Learner named(String name, List<Learner> learners) {
            return learners.stream()
                    .filter(learner -> learner.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        static String state(String learner, int step) {
            return learner + "/" + step;
        }
    }

    RoundSteps(
            SparkSession session,
            TrainJob job,
            Broadcast<Policy> reference,
            Broadcast<RewardSet> rewards,
            Broadcast<Prompts> prompts,
            int partitions) {
        this.session = session;
        this.job = job;
        this.reference = reference;
        this.rewards = rewards;
        this.prompts = prompts;
        this.partitions = partitions;
        pass = MemoryNeed.pass(
                job,
                reference.value().config(),
                (long) Float.BYTES * reference.value().trainedSize(),
                prompts.value().longest());
    }

    /** A step of every learner: draws, scores and learns; the rows stay with Spark until they are unpersisted. */
    Dataset<Row> rollouts(Round round, int step) {
        RandomKey key =
                RandomKey.of(job.seed()).with("generate").with(round.number()).with(step);
        long place = (round.number() - 1L) * job.stepsPerRound() + step;
        int[] places = prompts.value().ofStep(place, job.samplesPerStep(), RandomKey.of(job.seed()));
        List<MicroBatch> draws = new ArrayList<>();
        for (Learner learner : round.learners()) {
            draws.addAll(MicroBatch.of(
                    round.number(), learner.name(), step, places, job.microBatch(), key.with(learner.name())));
        }
        TrainJob settings = job;
        Broadcast<Policy> shape = reference;
        Rollout.Parameters parameters = draw -> shape.value()
                .whole(
                        round.rho(),
                        state(round, draw.learner(), draw.step(), shape.value(), settings)
                                .theta());
        Dataset<Row> rollout =
                new Rollout(session, reference, prompts, partitions).sample(draws, parameters, job.sampling());
        return new Scoring(rewards, prompts, job.microBatch(), round.rewards())
                .score(rollout)
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Updates every learner from its rows. */
    List<LearnerUpdate> updates(Round round, int step, Dataset<Row> rollouts) {
        TrainJob settings = job;
        int most = pass;
        Broadcast<Policy> shape = reference;
        List<String> names = rewards.value().names();
        int learners = round.learners().size();
        Map<String, Integer> places = new LinkedHashMap<>();
        round.learners().forEach(learner -> places.put(learner.name(), places.size()));
        return rollouts.javaRDD()
                .map(row -> ScoredSample.of(row, names))
                .keyBy(sample -> places.get(sample.learner()))
                .partitionBy(new HashPartitioner(learners))
                .values()
                .mapPartitions(samples -> update(round, step, samples, shape.value(), settings, most, names))
                .collect();
    }

    private static Iterator<LearnerUpdate> update(
            Round round,
            int step,
            Iterator<ScoredSample> rows,
            Policy reference,
            TrainJob job,
            int pass,
            List<String> names)
            throws IOException {
        List<ScoredSample> samples = new ArrayList<>();
        rows.forEachRemaining(samples::add);
        samples.sort(Comparator.comparingLong(ScoredSample::id));
        Learner learner = Round.named(samples.get(0).learner(), round.learners());
        double rate = job.optimizer().rate(1, round.number() - 1, step, job.stepsPerRound(), job.allRounds());
        RandomKey key = RandomKey.of(job.seed())
                .with("minibatches")
                .with(round.number())
                .with(step)
                .with(learner.name());
        LearnerState start = state(round, learner.name(), step, reference, job);
        TrainingBatch lesson = TrainingBatch.of(job, learner, start.memory(), samples, key.with("replay"));
        PolicyUpdate.Outcome outcome = new PolicyUpdate(
                        reference,
                        job.algorithm(),
                        job.kl(),
                        job.optimizer(),
                        job.sampling().temperature(),
                        pass,
                        job.memory().recompute(),
                        job.groupSize())
                .step(learner, round.rho(), start, lesson, rate, key);
        round.work().writeOnce(Round.state(learner.name(), step + 1), outcome.state()::write);
        outcome.metrics().describe(samples, names, job.writesMolecules());
        lesson.describe(outcome.metrics(), job);
        return List.of(new LearnerUpdate(
                        learner.name(), step, outcome.advantages(), lesson.factors(), outcome.metrics()))
                .iterator();
    }

    /** The state of a learner after a step. */
    LearnerState state(Round round, String learner, int step) throws IOException {
        return state(round, learner, step, reference.value(), job);
    }

    private static LearnerState state(Round round, String name, int step, Policy reference, TrainJob job)
            throws IOException {
        String object = Round.state(name, step);
        try (InputStream in = round.work().open(object)) {
            return LearnerState.read(in, Round.named(name, round.kept()), reference, job.algorithm(), object);
        }
    }

    /** All rows of a round with what became of their samples in the updates, as a table. */
    Dataset<Row> table(List<Dataset<Row>> rollouts, List<LearnerUpdate> updates, List<Learner> learners) {
        List<String> objectives = learners.stream()
                .flatMap(learner -> learner.objectives().stream().map(Learner.Objective::name))
                .toList();
        Map<String, UpdateColumns> byRollout = new LinkedHashMap<>();
        for (LearnerUpdate update : updates) {
            byRollout.put(
                    Round.state(update.learner(), update.step()),
                    UpdateColumns.of(update, objectives, job.diversityFilter() != null));
        }
        Broadcast<Map<String, UpdateColumns>> known =
                JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(byRollout);
        Dataset<Row> all = rollouts.stream().reduce(Dataset::union).orElseThrow();
        return session.createDataFrame(
                all.javaRDD().map(row -> {
                    String rollout =
                            Round.state(row.getAs(SampleColumns.LEARNER), row.<Integer>getAs(SampleColumns.STEP));
                    return Objects.requireNonNull(known.value().get(rollout)).added(row);
                }),
                SampleColumns.trained(rewards.value().names(), objectives, job.diversityFilter() != null));
    }
}

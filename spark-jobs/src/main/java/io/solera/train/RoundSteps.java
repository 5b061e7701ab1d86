package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Described;
import io.solera.cluster.ScoringSlots;
import io.solera.cluster.Slots;
import io.solera.config.OptimizerSettings;
import io.solera.config.TrainJob;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.store.WorkFolder;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerShape;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.ParameterStore;
import io.solera.train.memory.MemoryNeed;
import io.solera.train.rollout.MicroBatch;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.Rollout;
import io.solera.train.rollout.RolloutSample;
import io.solera.train.rollout.ScoredSample;
import io.solera.train.rollout.Scoring;
import io.solera.train.update.LearnerStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The m steps of a round's learners on Spark. They run in one of several ways, with the same bytes: {@link StagedSteps}
 * with a task per update, {@link SharedSteps} with the passes of an update on all slots, and {@link FusedSteps} with a
 * task per learner for the whole round. {@link ExecutionPlan} picks.
 *
 * @param all learners of the run, with all their objectives
 */
record RoundSteps(
        SparkSession session,
        TrainJob job,
        Broadcast<Policy> reference,
        Broadcast<RewardSet> rewards,
        Broadcast<Prompts> prompts,
        List<Learner> all,
        RoundProgress progress,
        Slots slots) {
    /**
     * A round to run.
     *
     * @param learners that train in it
     * @param used names of the rewards that are asked
     */
    record Round(int number, List<Learner> learners, List<String> used, RunState before, ParameterStore store) {}

    /**
     * theta_i <- rho; m steps of each learner.
     *
     * @throws BrokenRewardException where more scores failed than the job allows
     */
    TrainedRound run(int number, List<Learner> learners, Stage stage, RunState before, WorkFolder work)
            throws IOException {
        Broadcast<Blocks> rho = spark().broadcast(before.rho());
        ParameterStore store = new ParameterStore(
                work, reference, rho, RandomKey.of(job.seed()).with(number));
        Round round = new Round(number, learners, stage.rewards(), before, store);
        boolean scoredApart = ScoringSlots.of(session.sparkContext()).kind() != ScoringSlots.Kind.SAME;
        ExecutionPlan plan = ExecutionPlan.of(
                job,
                learners.size(),
                slots.spread(),
                scoredApart,
                reference.value().trainedSize());
        progress.execution(plan);
        TrainedRound trained = switch (plan.way()) {
            case FUSED -> new FusedSteps(this).run(round);
            case SHARED -> new SharedSteps(this, false).run(round);
            case BLOCKS -> new SharedSteps(this, true).run(round);
            case STAGED -> new StagedSteps(this).run(round);
        };
        return trained.releasing(rho::destroy);
    }

    /** What the tasks of a round start from. */
    void writeStart(Round round) throws IOException {
        for (Learner learner : round.learners) {
            round.store.write(learner.name(), round.before.kept(learner.name()));
        }
    }

    /** What its tasks have written when the last step is done. */
    TrainedRound trained(
            Round round, List<LearnerUpdate> updates, List<JavaRDD<ScoredSample>> rollouts, Runnable release)
            throws IOException {
        List<Blocks> thetas = new ArrayList<>();
        Map<String, KeptState> kept = new LinkedHashMap<>();
        for (Learner learner : round.learners) {
            String name = learner.name();
            thetas.add(round.store.stored(name, job.stepsPerRound()));
            kept.put(name, round.store.kept(name, job.stepsPerRound(), shape(name), keepsMoments()));
        }
        return new TrainedRound(round.learners, thetas, kept, updates, rollouts, release);
    }

    /** The samples of a step of some learners, drawn and scored; they stay with Spark. */
    JavaRDD<ScoredSample> sample(Round round, int step, Rollout.Parameters parameters) {
        List<MicroBatch> microBatches = new ArrayList<>();
        round.learners.forEach(
                learner -> microBatches.addAll(microBatches(job, prompts.value(), round.number, learner, step)));
        try (Described part = described(round, step, "rollouts")) {
            JavaRDD<List<RolloutSample>> rollout =
                    new Rollout(spark(), reference, prompts, slots).sample(microBatches, parameters, job.sampling());
            return new Scoring(rewards, job.microBatch(), round.used)
                    .score(rollout)
                    .setName("round %d, step %d: rollouts".formatted(round.number, step + 1))
                    .persist(StorageLevel.MEMORY_AND_DISK());
        }
    }

    /** What Spark calls the jobs of a part of a step. */
    Described described(Round round, int step, String part) {
        return described(step, round.learners, part);
    }

    /** The same of some learners. */
    Described described(int step, List<Learner> learners, String part) {
        return Described.more(
                session.sparkContext(),
                ", step %d of %d: %s of %s"
                        .formatted(
                                step + 1,
                                job.stepsPerRound(),
                                part,
                                Described.named(
                                        learners.stream().map(Learner::name).toList())));
    }

    /** What a learner draws in a step. */
    static List<MicroBatch> microBatches(TrainJob job, Prompts prompts, int number, Learner learner, int step) {
        RandomKey run = RandomKey.of(job.seed());
        long steps = (number - 1L) * job.stepsPerRound() + step;
        int[] places = prompts.ofStep(steps, job.samplesPerStep(), run);
        int samples = job.samplesPerStep() / job.shards();
        return MicroBatch.of(
                number,
                learner.name(),
                step,
                Arrays.copyOfRange(places, learner.shard() * samples, (learner.shard() + 1) * samples),
                job.microBatch(),
                run.with("generate").with(number).with(step).with(learner.name()));
    }

    /** What a learner does in each step of a round. */
    LearnerStep learnerStep(Round round, Learner learner) {
        return new LearnerStep(job, round.number, learner, rewards.value().names());
    }

    /** The end of a step of some learners. */
    void stepped(Round round, int step, List<LearnerUpdate> made) {
        check(round, made);
        progress.step(round.number, step, made);
    }

    /** Whether training can go on from a step. */
    void check(Round round, List<LearnerUpdate> made) {
        StepLimits.checkMissing(made, rewards.value(), job.missingLimit());
        StepLimits.checkGap(round.number, made, job.logProbabilityLimit());
    }

    /** Of a learner's state, which keeps the critics of all objectives of the run. */
    LearnerShape shape(String name) {
        Learner whole = all.stream()
                .filter(learner -> learner.name().equals(name))
                .findFirst()
                .orElseThrow();
        return LearnerShape.of(whole, reference.value(), job);
    }

    JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    boolean keepsMoments() {
        return job.optimizer().moments() == OptimizerSettings.Moments.KEEP;
    }

    /** Samples of a backward pass at most. */
    int pass() {
        return MemoryNeed.pass(
                job,
                reference.value().config(),
                Float.BYTES * reference.value().trainedSize(),
                prompts.value().longest());
    }
}

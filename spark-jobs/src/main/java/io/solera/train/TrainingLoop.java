package io.solera.train;

import com.google.gson.JsonObject;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.config.OptimizerSettings;
import io.solera.config.TrainJob;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.ExpertSampling;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import io.solera.train.evaluation.Evaluation;
import io.solera.train.evaluation.FirstSamples;
import io.solera.train.history.PolicyCard;
import io.solera.train.history.RunHistory;
import io.solera.train.history.Verdict;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.ReplaySeeds;
import io.solera.train.memory.MemoryNeed;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Iterative fine-tuning on N rewards (Ghari, Sciabola and Wang, NeurIPS 2025, Algorithm 1): in each round every expert starts from
 * rho and takes m steps on its reward, then the experts are blended into the next rho. In gradient mode there is one learner with all
 * rewards, and the blend of one is itself. Round 0 is the policy that the run starts from. Stages train on some of the rewards each.
 */
public final class TrainingLoop {
    private final TrainJob job;
    private final RunFolder folder;
    private final RunInputs inputs;
    private final Policy reference;
    private final RewardSet rewards;
    private final Prompts prompts;
    private final RoundProgress progress;
    private final SparkSession session;
    private final Stages stages;
    private final List<Learner> learners;
    private final RoundSteps steps;
    private final Evaluation evaluation;
    private final Blending blending;
    private final PolicyCard card;
    private final RoundMetrics metrics;

    public TrainingLoop(SparkSession session, TrainJob job, RunFolder folder, RunInputs inputs, Progress progress) {
        this.session = session;
        this.job = job;
        this.folder = folder;
        this.inputs = inputs;
        reference = inputs.reference();
        rewards = inputs.rewards();
        prompts = inputs.prompts();
        this.progress = new RoundProgress(progress, job, rewards.names());
        stages = Stages.of(job, rewards);
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        int partitions = job.partitions() == 0 ? spark.defaultParallelism() : job.partitions();
        learners = Learner.of(job.method(), rewards.names(), rewards.weights());
        MemoryNeed memory = MemoryNeed.required(spark, job, reference, prompts.longest(), learners.size(), partitions);
        Broadcast<Policy> policy = spark.broadcast(reference);
        Broadcast<RewardSet> set = spark.broadcast(rewards);
        Broadcast<Prompts> asked = spark.broadcast(prompts);
        steps = new RoundSteps(session, job, policy, set, asked, partitions);
        evaluation = new Evaluation(session, job, policy, set, asked, inputs.known(), partitions);
        blending = new Blending(job, reference.lora());
        metrics = new RoundMetrics(rewards.names(), evaluation.slots(), memory);
        card = new PolicyCard(job, reference.tokenizer().special(), inputs.base());
    }

    /** Trains to the last round; what is committed already is not done again. */
    public void run() throws IOException {
        Optional<CommittedRound> last = folder.lastRound();
        progress.begun(folder.location(), last.map(CommittedRound::round).orElse(0));
        RunState state = last.isPresent() ? RunState.resumed(folder, last.get(), job, learners, reference) : begun();
        prompts.requireThoseOf(folder);
        if (last.isPresent()) {
            // made again from the rounds: what cannot be read is said before hours of training
            DamagedRunException.reading(folder.location() + "/rounds", () -> {
                RunHistory history = new RunHistory(folder, job.bestBy(), rewards.names());
                history.write();
                return history;
            });
        }
        CommittedRound done = folder.round(state.round());
        Optional<Stage> stage = DamagedRunException.reading(done.location(), () -> stages.after(done));
        while (stage.isPresent()) {
            state = round(state, state.round() + 1, stage.get());
            RunHistory history = new RunHistory(folder, job.bestBy(), rewards.names());
            folder.prune(job.keepRounds(), history.best());
            history.write();
            progress.committed(state.round());
            stage = stages.after(folder.round(state.round()));
        }
    }

    private RunState round(RunState before, int number, Stage stage) throws IOException {
        long begun = System.nanoTime();
        RoundWriter writer = folder.begin(number);
        RandomKey key = RandomKey.of(job.seed()).with(number);
        progress.stage(number, stage);
        RunState state = stage.follows() && job.purgesBetweenStages() ? before.purged() : before;
        BlockVector rho = state.rho();

        // S <- M of the stage's learners; theta_i <- rho
        List<Learner> staged = Learner.of(job.method(), rewards.names(), rewards.weights(), stage.rewards());
        List<Learner> sampled = Arrays.stream(new ExpertSampling(job.expertsPerRound())
                        .sample(staged.size(), RandomKey.of(job.seed()), number))
                .mapToObj(staged::get)
                .toList();
        RoundSteps.Round round =
                new RoundSteps.Round(number, sampled, learners, stage.rewards(), reference.fixed(rho), writer.work());
        boolean keepMoments = job.optimizer().moments() == OptimizerSettings.Moments.KEEP;
        for (Learner learner : sampled) {
            LearnerState start = state.learner(learner.name()).from(reference.begin(rho, key), keepMoments);
            writer.work().writeOnce(RoundSteps.Round.state(learner.name(), 0), start::write);
        }

        // m steps of policy optimisation, all learners side by side
        List<Dataset<Row>> rollouts = new ArrayList<>();
        List<LearnerUpdate> updates = new ArrayList<>();
        for (int step = 0; step < job.stepsPerRound(); step++) {
            Dataset<Row> rollout = steps.rollouts(round, step);
            List<LearnerUpdate> made = steps.updates(round, step, rollout);
            MissingLimit.check(made, rewards, job.missingLimit());
            rollouts.add(rollout);
            updates.addAll(made);
            progress.step(number, step, made);
        }

        // u_i <- theta_i - rho; rho <- outer(rho, sum_i alpha_i u_i)
        List<BlockVector> experts = new ArrayList<>();
        RunState next = state.at(number);
        for (Learner learner : sampled) {
            LearnerState end = steps.state(round, learner.name(), job.stepsPerRound());
            experts.add(end.theta());
            next = next.with(learner.name(), end);
        }
        Blending.Blend blend = blending.blend(rho, sampled, experts, rewards, state.velocity(), key.with("blend"));
        next = next.with(blend.rho(), blend.velocity());

        // evaluate rho; commit the round
        boolean last = stage.last() && stage.exhausted();
        Optional<Evaluation.Result> result = evaluate(
                next.rho(), last ? job.evaluation().samples() : job.evaluation().roundSamples(), number);
        double score = stage.score(result, rewards);
        Verdict verdict = Verdict.of(job, rewards.names(), folder.rounds().all(), number, updates, result);
        boolean ended = stage.ends(score);
        if (((ended && stage.last()) || verdict.stops()) && !last) {
            result = evaluate(next.rho(), job.evaluation().samples(), number);
        }
        steps.table(rollouts, updates, learners)
                .coalesce(1)
                .write()
                .parquet(writer.path("rollouts.parquet").toString());
        rollouts.forEach(Dataset::unpersist);
        next.write(writer, reference, job.model(), keepMoments);
        card.write(writer, RunHistory.evaluation(folder.round(0)), result, rewards.names());
        writer.write("blend.json", PrettyJson.text(blend.report()));
        commit(writer, updates, blend.report(), stages.json(stage, score, ended), verdict, result, begun);
        return next;
    }

    private RunState begun() throws IOException {
        long begun = System.nanoTime();
        RoundWriter writer = folder.begin(0);
        RunState state = RunState.initial(
                job, learners, reference, ReplaySeeds.of(job.replay(), reference, rewards, session, progress::note));
        Optional<Evaluation.Result> result =
                evaluate(reference.start(), job.evaluation().samples(), 0);
        Verdict verdict = new Verdict(FirstSamples.warnings(job, rewards.names(), result.orElseThrow()), null);
        state.write(writer, reference, job.model(), true);
        writer.write(RunState.REFERENCE, RunState.sha256(reference) + "\n");
        card.write(writer, null, result, rewards.names());
        writer.write(Prompts.FILE, PrettyJson.text(prompts.json()));
        writer.write(RunInputs.FILE, inputs.json());
        commit(writer, List.of(), new JsonObject(), Optional.empty(), verdict, result, begun);
        return state;
    }

    private Optional<Evaluation.Result> evaluate(BlockVector rho, int samples, int round) {
        if (samples == 0) {
            return Optional.empty();
        }
        Evaluation.Result result = evaluation.of(rho, samples);
        progress.evaluated(round, result.measures());
        return Optional.of(result);
    }

    private void commit(
            RoundWriter writer,
            List<LearnerUpdate> updates,
            JsonObject blend,
            Optional<JsonObject> stage,
            Verdict verdict,
            Optional<Evaluation.Result> result,
            long begun)
            throws IOException {
        progress.verdict(writer.round(), verdict);
        if (result.isPresent()) {
            evaluation.write(result.get(), writer);
        }
        writer.commit(metrics.of(writer.round(), updates, blend, stage, verdict, result, begun));
    }
}

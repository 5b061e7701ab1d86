package io.solera.train;

import com.google.gson.JsonObject;
import io.solera.checkpoint.Policy;
import io.solera.config.OptimizerSettings;
import io.solera.config.TrainJob;
import io.solera.rl.BlockVector;
import io.solera.rl.ExpertSampling;
import io.solera.rl.RandomKey;
import io.solera.store.CommittedRound;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
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
 * rewards, and the blend of one is itself. Round 0 is the policy that the run starts from.
 */
public final class TrainingLoop {
    private final TrainJob job;
    private final RunFolder folder;
    private final Policy reference;
    private final RewardSet rewards;
    private final Progress progress;
    private final List<Learner> learners;
    private final RoundSteps steps;
    private final Evaluation evaluation;
    private final Blending blending;

    public TrainingLoop(
            SparkSession session,
            TrainJob job,
            RunFolder folder,
            Policy reference,
            RewardSet rewards,
            KnownMolecules known,
            Progress progress) {
        this.job = job;
        this.folder = folder;
        this.reference = reference;
        this.rewards = rewards;
        this.progress = progress;
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        int partitions = job.partitions() == 0 ? spark.defaultParallelism() : job.partitions();
        Broadcast<Policy> policy = spark.broadcast(reference);
        Broadcast<RewardSet> set = spark.broadcast(rewards);
        learners = Learner.of(job.method(), rewards.names(), rewards.weights());
        steps = new RoundSteps(session, job, policy, set, partitions);
        evaluation = new Evaluation(session, job, policy, set, known, partitions);
        blending = new Blending(job.blend());
    }

    /** Trains to the last round; what is committed already is not done again. */
    public void run() throws IOException {
        Optional<CommittedRound> last = folder.lastRound();
        RunState state = last.isPresent() ? RunState.resumed(folder, last.get(), job, learners, reference) : begun();
        progress.begun(folder.location(), state.round(), job.rounds(), rewards.names());
        for (int round = state.round() + 1; round <= job.rounds(); round++) {
            state = round(state, round);
            folder.prune(job.keepRounds(), RunHistory.best(folder.rounds().all(), job.bestBy()));
            new RunHistory(folder, rewards.names()).write();
            progress.committed(round);
        }
    }

    private RunState round(RunState state, int number) throws IOException {
        long begun = System.nanoTime();
        RoundWriter writer = folder.begin(number);
        RandomKey key = RandomKey.of(job.seed()).with(number);
        BlockVector rho = state.rho();

        // S <- M of the N learners; theta_i <- rho
        List<Learner> sampled = Arrays.stream(new ExpertSampling(job.expertsPerRound())
                        .sample(learners.size(), RandomKey.of(job.seed()), number))
                .mapToObj(learners::get)
                .toList();
        RoundSteps.Round round = new RoundSteps.Round(number, sampled, writer.work());
        boolean keepMoments = job.optimizer().moments() == OptimizerSettings.Moments.KEEP;
        for (Learner learner : sampled) {
            LearnerState start = state.learner(learner.name()).from(rho, keepMoments);
            writer.work().writeOnce(RoundSteps.Round.state(learner.name(), 0), start::write);
        }

        // m steps of policy optimisation, all learners side by side
        List<Dataset<Row>> rollouts = new ArrayList<>();
        List<RoundSteps.Update> updates = new ArrayList<>();
        for (int step = 0; step < job.stepsPerRound(); step++) {
            Dataset<Row> rollout = steps.rollouts(round, step);
            List<RoundSteps.Update> made = steps.updates(round, step, rollout);
            MissingLimit.check(made, rewards, job.missingLimit());
            rollouts.add(rollout);
            updates.addAll(made);
            report(number, step, made);
        }

        // u_i <- theta_i - rho; rho <- outer(rho, sum_i alpha_i u_i)
        List<BlockVector> experts = new ArrayList<>();
        RunState next = state.at(number);
        for (Learner learner : sampled) {
            LearnerState end = steps.state(round, learner.name(), job.stepsPerRound());
            experts.add(end.theta());
            next = next.with(learner.name(), end);
        }
        Blending.Blend blend = blending.blend(
                rho,
                sampled.stream().map(Learner::name).toList(),
                experts,
                sampled.stream()
                        .mapToDouble(learner -> rewards.weight(learner.name()))
                        .toArray(),
                state.velocity(),
                key.with("blend"));
        next = next.with(blend.rho(), blend.velocity());

        // evaluate rho; commit the round
        boolean last = number == job.rounds();
        Optional<Evaluation.Result> result = evaluate(
                next.rho(), last ? job.evaluation().samples() : job.evaluation().roundSamples(), number);
        steps.table(rollouts, updates, learners)
                .coalesce(1)
                .write()
                .parquet(writer.path("rollouts.parquet").toString());
        rollouts.forEach(Dataset::unpersist);
        next.write(writer, reference, keepMoments);
        writer.write("blend.json", RunSummary.text(blend.report()));
        commit(writer, number, updates, blend.report(), result, begun);
        return next;
    }

    private RunState begun() throws IOException {
        long begun = System.nanoTime();
        RoundWriter writer = folder.begin(0);
        RunState state = RunState.initial(job, learners, reference);
        state.write(writer, reference, true);
        commit(
                writer,
                0,
                List.of(),
                new JsonObject(),
                evaluate(reference.parameters(), job.evaluation().samples(), 0),
                begun);
        return state;
    }

    private Optional<Evaluation.Result> evaluate(BlockVector rho, int samples, int round) {
        if (samples == 0) {
            return Optional.empty();
        }
        Evaluation.Result result = evaluation.of(rho, samples);
        Measures measures = result.measures();
        progress.evaluated(
                round,
                measures.shaped().stream().map(interval -> interval.mean()).toList(),
                measures.success().mean(),
                measures.hypervolume().mean(),
                measures.molecules().validity(),
                (double) round / job.rounds());
        return Optional.of(result);
    }

    private void report(int round, int step, List<RoundSteps.Update> updates) {
        double done = (round - 1 + (step + 1.0) / job.stepsPerRound()) / job.rounds();
        for (RoundSteps.Update update : updates) {
            List<Double> shaped = rewards.names().stream()
                    .map(name -> update.metrics().value(SampleColumns.shaped(name)))
                    .toList();
            progress.step(round, update.learner(), step + 1, job.stepsPerRound(), shaped, done);
        }
    }

    private void commit(
            RoundWriter writer,
            int round,
            List<RoundSteps.Update> updates,
            JsonObject blend,
            Optional<Evaluation.Result> result,
            long begun)
            throws IOException {
        if (result.isPresent()) {
            evaluation.write(result.get(), writer);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        writer.commit(RoundMetrics.of(round, updates, blend, result, rewards.names(), seconds, evaluation.slots()));
    }
}

package io.solera.train;

import com.google.gson.JsonObject;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.cluster.Described;
import io.solera.config.TrainJob;
import io.solera.rl.Blocks;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import io.solera.store.WorkFolder;
import io.solera.train.evaluation.Evaluation;
import io.solera.train.evaluation.FirstSamples;
import io.solera.train.history.PolicyCard;
import io.solera.train.history.ReferencePolicy;
import io.solera.train.history.RoundStage;
import io.solera.train.history.RunHistory;
import io.solera.train.history.Verdict;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.rollout.Prompts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The end of a round: its policy is evaluated, what happened is put in words and files, and the round is committed. */
final class RoundEnd {
    private final SparkSession session;
    private final TrainJob job;
    private final RunFolder folder;
    private final RunInputs inputs;
    private final Policy reference;
    private final List<String> rewards;
    private final List<Learner> learners;
    private final Stages stages;
    private final Evaluation evaluation;
    private final PolicyCard card;
    private final RunHistory history;
    private final RoundMetrics metrics;
    private final RoundProgress progress;

    /**
     * A round that is being written.
     *
     * @param started by {@code System.nanoTime()}
     */
    record Draft(RoundWriter writer, Stage stage, long started) {
        /** Where the states between its steps go. */
        WorkFolder work() {
            return writer.work();
        }
    }

    RoundEnd(
            SparkSession session,
            TrainJob job,
            RunFolder folder,
            RunInputs inputs,
            List<Learner> learners,
            Stages stages,
            Evaluation evaluation,
            RoundMetrics metrics,
            RunHistory history,
            RoundProgress progress) {
        this.session = session;
        this.job = job;
        this.folder = folder;
        this.inputs = inputs;
        reference = inputs.reference();
        rewards = inputs.rewards().names();
        this.learners = learners;
        this.stages = stages;
        this.evaluation = evaluation;
        card = new PolicyCard(job, reference.tokenizer().special(), inputs.base());
        this.metrics = metrics;
        this.history = history;
        this.progress = progress;
    }

    /** Begins a round: its folder, and its time. */
    Draft begin(int number, Stage stage) throws IOException {
        progress.stage(number, stage);
        return new Draft(folder.begin(number), stage, System.nanoTime());
    }

    /** Commits round 0: the policy that the run starts from, what it was given, and a first evaluation. */
    RunState first(RunState state) throws IOException {
        long started = System.nanoTime();
        RoundWriter writer = folder.begin(0);
        Optional<Evaluation.Result> result =
                evaluate(state.rho(), job.evaluation().samples(), 0);
        Verdict verdict = new Verdict(FirstSamples.warnings(job, rewards, result.orElseThrow()), null);
        state.write(writer, reference, job.model());
        ReferencePolicy.write(writer, reference);
        card.write(writer, null, result);
        writer.write(Prompts.FILE, PrettyJson.text(inputs.prompts().json()));
        writer.write(RunInputs.FILE, inputs.json());
        commit(writer, List.of(), new JsonObject(), Optional.empty(), verdict, result, started);
        return state;
    }

    /** Writes what a round was trained on, while its updates are blended and evaluated. */
    Aside samples(Draft draft, TrainedRound round) {
        return new Aside("solera-rollouts", () -> writeRows(round, draft.writer));
    }

    /**
     * Evaluates the next rho and commits the round; returns the state that the next one starts from.
     *
     * @param samples that are being written
     */
    RunState commit(Draft draft, TrainedRound round, Aside samples, RunState blended, BlendReport report)
            throws IOException {
        Stage stage = draft.stage;
        RoundWriter writer = draft.writer;
        boolean last = stage.last() && stage.exhausted();
        try (Aside files = new Aside("solera-state", () -> blended.write(writer, reference, job.model()))) {
            RunState next = blended;
            if (!reference.inMemory()) {
                files.await();
                next = blended.stored(writer, reference);
            }
            Optional<Evaluation.Result> result = evaluate(
                    next.rho(),
                    last ? job.evaluation().samples() : job.evaluation().roundSamples(),
                    writer.round());
            double score = stage.score(result, inputs.rewards());
            boolean ended = stage.ends(score);
            Verdict verdict = Verdict.of(
                    history.records(), job, writer.round(), round.updates(), result.map(Evaluation.Result::measures));
            if (((ended && stage.last()) || verdict.stops()) && !last) {
                // the run ends here after all: its last policy is measured on as many samples as its first
                result = evaluate(next.rho(), job.evaluation().samples(), writer.round());
            }
            card.write(writer, history.start(), result);
            files.await();
            samples.await();
            round.release().run();
            JsonObject blend = report.json();
            writer.write("blend.json", PrettyJson.text(blend));
            commit(writer, round.updates(), blend, stages.record(stage, score, ended), verdict, result, draft.started);
            return next;
        }
    }

    private void writeRows(TrainedRound round, RoundWriter writer) {
        TrainedRows.write(session, round, rewards, learners, job.diversityFilter() != null, writer);
    }

    private Optional<Evaluation.Result> evaluate(Blocks rho, int samples, int round) {
        if (samples == 0) {
            return Optional.empty();
        }
        Evaluation.Result result = Described.more(
                session.sparkContext(),
                ": evaluation (%d samples)".formatted(samples),
                () -> evaluation.of(rho, samples));
        progress.evaluated(round, result.measures());
        return Optional.of(result);
    }

    private void commit(
            RoundWriter writer,
            List<LearnerUpdate> updates,
            JsonObject blend,
            Optional<RoundStage> stage,
            Verdict verdict,
            Optional<Evaluation.Result> result,
            long started)
            throws IOException {
        progress.verdict(writer.round(), verdict);
        if (result.isPresent()) {
            evaluation.write(result.get(), writer);
        }
        history.add(writer.commit(metrics.of(writer.round(), updates, blend, stage, verdict, result, started)));
    }
}

package io.solera.train.likelihood;

import com.google.gson.JsonObject;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.config.SftJob;
import io.solera.meter.RunMeter;
import io.solera.problem.StopRequest;
import io.solera.rl.RandomKey;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import io.solera.store.storage.UnwrittenFileException;
import io.solera.table.file.EmptyTableException;
import io.solera.train.evaluation.Collapse;
import io.solera.train.history.MetricsFile;
import io.solera.train.history.PolicyFolder;
import io.solera.train.history.ReferencePolicy;
import io.solera.train.history.RoundRecord;
import io.solera.train.history.RunFigures;
import io.solera.train.history.RunSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Supervised fine-tuning in a run folder: the loss of a step is the mean negative log-likelihood of the tokens that are
 * learned, over all of its batch. Round 0 is the policy that the run starts from; a round is committed after each
 * epoch, or every so many steps.
 */
public final class SupervisedTuning {
    private static final String STATE = "state";

    private final SftJob job;
    private final RunFolder folder;
    private final Policy start;
    private final Examples examples;
    private final LikelihoodTraining training;
    private final LikelihoodTraining.Listener listener;
    private final MetricsFile metrics;
    private final List<RoundRecord> records = new ArrayList<>();
    private @Nullable CommittedRound last;

    /**
     * @param start with adapters, where the job trains those
     * @throws EmptyTableException when there are fewer examples than a batch needs
     */
    public SupervisedTuning(
            JavaSparkContext spark,
            SftJob job,
            RunFolder folder,
            Policy start,
            Examples examples,
            LikelihoodTraining.Listener listener) {
        this.job = job;
        this.folder = folder;
        this.start = start;
        this.examples = examples;
        this.listener = listener;
        metrics = new MetricsFile(folder);
        examples.corpus().requireBatch(job.batchSize());
        training = new LikelihoodTraining(spark, settings(job), examples.corpus(), new Committing());
    }

    public static LikelihoodSettings settings(SftJob job) {
        return new LikelihoodSettings(
                job.seed(),
                job.epochs(),
                job.batchSize(),
                job.microBatch(),
                job.learningRate(),
                job.warmupSteps(),
                job.decayShare(),
                job.adam(),
                job.gradientClip(),
                job.heldOutShare(),
                job.partitions());
    }

    /** Trains to the last epoch; what is committed already is not done again. */
    public void run() throws IOException {
        RunMeter.begin();
        Optional<CommittedRound> before = folder.resumedRound();
        LikelihoodTraining.State state = before.isPresent() ? resumed(before.get()) : begun();
        if (before.isPresent()) {
            DamagedRunException.reading(folder.location() + "/rounds", () -> {
                aside(() -> metrics.rebuild(before.get().round(), this::take));
                aside(() -> write("running"));
                return before;
            });
        }
        training.run(state, job.stepsPerRound() == 0 ? Integer.MAX_VALUE : job.stepsPerRound());
        write("done");
    }

    private LikelihoodTraining.State begun() throws IOException {
        long begun = System.nanoTime();
        RoundWriter writer = folder.begin(0);
        writer.write(Examples.FILE, PrettyJson.text(examples.json()));
        ReferencePolicy.write(writer, start);
        LikelihoodTraining.State state =
                LikelihoodTraining.State.start(start, RandomKey.of(job.seed()).with("adapters"));
        commit(writer, state, new ArrayList<>(), training.heldOut(state), begun);
        return state;
    }

    private LikelihoodTraining.State resumed(CommittedRound last) throws IOException {
        examples.requireThoseOf(folder);
        ReferencePolicy.require(folder, start, job.model());
        return LikelihoodCheckpoint.read(last.folder(STATE), start);
    }

    private void commit(
            RoundWriter writer, LikelihoodTraining.State state, List<JsonObject> steps, double heldOut, long begun)
            throws IOException {
        start.trainable().write(writer.folder(PolicyFolder.NAME), start, state.theta(), job.model());
        LikelihoodCheckpoint.write(writer.folder(STATE), state);
        CommittedRound done = writer.commit(RecordJson.write(
                RoundRecord.ofTuning(writer.round(), steps, heldOut, (System.nanoTime() - begun) / 1e9)));
        take(done);
        aside(() -> metrics.add(RoundRecord.of(done).text(), done.round(), false));
        folder.prune(job.keepRounds(), Set.of(best(records)));
        aside(() -> write("running"));
    }

    /** Files that are made from the rounds. */
    private interface Writing {
        void write() throws IOException;
    }

    private void aside(Writing files) throws IOException {
        try {
            files.write();
        } catch (UnwrittenFileException e) {
            listener.warning(
                    "a file was not written: %s (the run continues; its end writes it again)".formatted(e.reason()));
        }
    }

    private void take(CommittedRound round) throws IOException {
        RoundRecord record = RoundRecord.of(round);
        RunFigures.take(record, List.of());
        records.add(record.outline());
        last = round;
    }

    /** Writes {@code summary.json}, and in the end what {@code metrics.jsonl} lacks. */
    private void write(String status) throws IOException {
        CommittedRound newest = Objects.requireNonNull(last);
        metrics.add("", newest.round(), status.equals("done"));
        TuningSummary summary = new TuningSummary(
                status,
                records.stream().mapToDouble(RoundRecord::seconds).sum(),
                newest.round(),
                best(records),
                PolicyFolder.sha256(newest),
                new TuningSummary.Loss(
                        Collapse.orNone(records.get(0).heldOutLoss()),
                        Collapse.orNone(records.get(records.size() - 1).heldOutLoss())),
                examples.json());
        folder.rewrite(RunSummary.FILE, PrettyJson.text(RecordJson.write(summary)));
    }

    /** The round with the least held-out loss; where nothing is held out, the last. */
    private static int best(List<RoundRecord> rounds) {
        int best = rounds.get(rounds.size() - 1).round();
        double least = Double.POSITIVE_INFINITY;
        for (RoundRecord round : rounds) {
            if (round.heldOutLoss() != null && round.heldOutLoss() < least) {
                least = round.heldOutLoss();
                best = round.round();
            }
        }
        return best;
    }

    /** Makes rounds of checkpoints. */
    private final class Committing implements LikelihoodTraining.Listener {
        private List<JsonObject> steps = new ArrayList<>();
        private double heldOut = Double.NaN;
        private long begun = System.nanoTime();

        @Override
        public void step(long step, long all, double nats, double gradientNorm, double learningRate, long tokens) {
            JsonObject line = new JsonObject();
            line.addProperty("step", step);
            line.addProperty("loss", nats);
            line.addProperty("gradient_norm", gradientNorm);
            line.addProperty("learning_rate", learningRate);
            line.addProperty("tokens", tokens);
            steps.add(line);
            listener.step(step, all, nats, gradientNorm, learningRate, tokens);
        }

        @Override
        public void epoch(int epoch, double heldOutNats, LikelihoodTraining.State state) {
            heldOut = heldOutNats;
            listener.epoch(epoch, heldOutNats, state);
        }

        @Override
        public void checkpoint(LikelihoodTraining.State state) throws IOException {
            commit(folder.begin(records.size()), state, steps, heldOut, begun);
            listener.checkpoint(state);
            steps = new ArrayList<>();
            heldOut = Double.NaN;
            begun = System.nanoTime();
        }

        @Override
        public StopRequest stop() {
            return listener.stop();
        }
    }
}

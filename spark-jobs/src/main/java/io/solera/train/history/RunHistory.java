package io.solera.train.history;

import io.solera.checkpoint.file.PrettyJson;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.store.RunFolder;
import io.solera.store.storage.UnwrittenFileException;
import io.solera.train.evaluation.BestTexts;
import io.solera.train.evaluation.Measures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rounds of a run say, read once and kept in memory, and the files of its folder that are made from them:
 * {@code metrics.jsonl}, {@code summary.json}, and the best samples. While the run continues they are written in the
 * background, so they may be a little behind, and a failure to write them does not end the run.
 */
public final class RunHistory implements AutoCloseable {
    /** The steps and rounds of a run, a line each. */
    public static final String METRICS = "metrics.jsonl";

    private final RunFolder folder;
    private final TrainJob.BestBy by;
    private final List<String> rewards;
    private final String method;
    private final Listener listener;
    private final MetricsFile metrics;
    private final LatestWork writing = new LatestWork("solera-history", 0, this::written);
    private final List<RoundRecord> records = new ArrayList<>();
    private final List<RunSummary.Warning> warnings = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();
    private @Nullable CommittedRound last;
    private @Nullable CommittedRound measured;
    private BestRound best;
    private String bestPolicy = "";
    private int writtenBest;
    private int writtenSamples = -1;
    private boolean grown;
    private boolean behind;

    /** Is notified in the background. */
    public interface Listener {
        /** The files include this round. */
        void written(int round);

        /** They could not be written after this round. */
        void failed(int round, String why);
    }

    /**
     * @param measured the last round that was
     * @param lines of {@code metrics.jsonl} that are new
     */
    private record State(
            List<RoundRecord> records,
            CommittedRound last,
            CommittedRound measured,
            BestRound best,
            String bestPolicy,
            List<RunSummary.Warning> warnings,
            String lines) {}

    /** @param method as the job names it */
    public RunHistory(RunFolder folder, String method, TrainJob.BestBy by, List<String> rewards, Listener listener) {
        this.folder = folder;
        this.method = method;
        this.by = by;
        this.rewards = rewards;
        this.listener = listener;
        metrics = new MetricsFile(folder);
        best = BestRound.of(List.of(), by);
    }

    /** Reads the rounds of a run that is resumed, each once. What cannot be written now is written later. */
    public void read(CommittedRound lastRound) throws IOException {
        try {
            metrics.rebuild(lastRound.round(), this::take);
        } catch (UnwrittenFileException e) {
            listener.failed(lastRound.round(), e.reason());
        }
        writing.request();
    }

    /** Adds a round that has just been committed. */
    public void add(CommittedRound round) throws DamagedRunException {
        String more = RoundRecord.of(round).text();
        synchronized (this) {
            take(round);
            lines.append(more);
            grown = true;
        }
        writing.request();
    }

    /** The rounds so far, without their steps and blends. */
    public synchronized List<RoundRecord> records() {
        return List.copyOf(records);
    }

    /** What round 0 was measured to be; null where it was not. */
    public synchronized @Nullable Measures start() {
        return records.get(0).evaluation();
    }

    /** Whether a round was added to those that were read. */
    public synchronized boolean grew() {
        return grown;
    }

    /** The best round, and the one that {@code summary.json} has for the best while it is behind. */
    public synchronized Set<Integer> best() {
        return best.round() == writtenBest ? Set.of(writtenBest) : Set.of(best.round(), writtenBest);
    }

    /**
     * Writes the files for the last time. {@code seconds} is what the run's process took, without earlier ones that
     * were cut off.
     */
    public void finish(double seconds) throws IOException {
        writing.close();
        write("done", seconds);
    }

    /** The same, with something that went wrong after the last round. */
    public void finish(double seconds, String warning) throws IOException {
        synchronized (this) {
            warnings.add(new RunSummary.Warning(Objects.requireNonNull(last).round(), warning));
        }
        finish(seconds);
    }

    /** Ends the writing in the background; the files include all rounds, as far as they can be written. */
    @Override
    public void close() {
        writing.close();
        if (isBehind()) {
            written();
        }
    }

    private synchronized boolean isBehind() {
        return behind;
    }

    /** What the manifests of rounds say. */
    public static List<RoundRecord> records(List<CommittedRound> rounds) throws DamagedRunException {
        List<RoundRecord> records = new ArrayList<>();
        for (CommittedRound round : rounds) {
            records.add(RoundRecord.of(round));
        }
        return records;
    }

    /** What a round was measured to be; null where it was not measured. */
    public static @Nullable Measures evaluation(CommittedRound round) throws DamagedRunException {
        return RoundRecord.of(round).evaluation();
    }

    private synchronized void take(CommittedRound round) throws DamagedRunException {
        RoundRecord whole = RoundRecord.of(round);
        RoundRecord record = whole.outline();
        RunFigures.take(whole, rewards);
        records.add(record);
        last = round;
        behind = true;
        Measures evaluation = record.evaluation();
        if (evaluation != null || measured == null) {
            measured = round;
        }
        if (evaluation != null) {
            best = best.or(round.round(), evaluation, by);
        }
        if (best.round() == round.round()) {
            bestPolicy = PolicyFolder.sha256(round);
        }
    }

    private void written() {
        int round = -1;
        try {
            round = write("running", Double.NaN);
            listener.written(round);
        } catch (IOException | RuntimeException e) {
            String why = e instanceof UnwrittenFileException unwritten ? unwritten.reason() : e.getMessage();
            listener.failed(Math.max(round, records().size() - 1), String.valueOf(why));
        }
    }

    /** Returns the last round that the files include. */
    private int write(String status, double total) throws IOException {
        State state = state();
        metrics.add(state.lines, state.last.round(), !Double.isNaN(total));
        if (state.measured.round() != writtenSamples) {
            String samples = BestTexts.fileOf(state.measured);
            folder.rewrite(samples, state.measured.read(samples));
            writtenSamples = state.measured.round();
        }
        double seconds =
                state.records.stream().mapToDouble(RoundRecord::seconds).sum();
        RunSummary summary = RunSummary.of(
                state.records,
                rewards,
                status,
                method,
                Double.isNaN(total) ? seconds : total,
                state.best,
                state.last,
                state.bestPolicy,
                state.warnings);
        folder.rewrite(RunSummary.FILE, PrettyJson.text(RecordJson.write(summary)));
        synchronized (this) {
            writtenBest = state.best.round();
        }
        return state.last.round();
    }

    private synchronized State state() {
        State state = new State(
                List.copyOf(records),
                Objects.requireNonNull(last),
                Objects.requireNonNull(measured),
                best,
                bestPolicy,
                List.copyOf(warnings),
                lines.toString());
        lines.setLength(0);
        behind = false;
        return state;
    }
}

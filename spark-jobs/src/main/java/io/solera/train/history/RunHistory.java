package io.solera.train.history;

import io.solera.checkpoint.file.PrettyJson;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.store.RunFolder;
import io.solera.train.evaluation.BestTexts;
import io.solera.train.evaluation.Measures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a run folder that are made from its rounds: {@code metrics.jsonl}, {@code summary.json}, and the best
 * samples. */
public final class RunHistory {
    /** The steps and rounds of a run, a line each. */
    public static final String METRICS = "metrics.jsonl";

    private final RunFolder folder;
    private final TrainJob.BestBy by;
    private final List<String> rewards;

    public RunHistory(RunFolder folder, TrainJob.BestBy by, List<String> rewards) {
        this.folder = folder;
        this.by = by;
        this.rewards = rewards;
    }

    /**
     * Rewrites them; the run continues. The summary compares round 0 with the best round and the last that was
     * measured.
     */
    public void write() throws IOException {
        write("running", Double.NaN);
    }

    /**
     * Writes them for the last time; {@code seconds} is what the run's process took, without earlier ones that were cut
     * off.
     */
    public void finish(double seconds) throws IOException {
        write("done", seconds);
    }

    private void write(String status, double total) throws IOException {
        List<CommittedRound> rounds = folder.rounds().all();
        List<RoundRecord> records = records(rounds);
        StringBuilder lines = new StringBuilder();
        CommittedRound measured = rounds.get(0);
        double seconds = 0;
        for (int k = 0; k < records.size(); k++) {
            RoundRecord round = records.get(k);
            lines.append(round.lines());
            seconds += round.seconds();
            measured = round.evaluation() == null ? measured : rounds.get(k);
        }
        folder.rewrite(METRICS, lines.toString());
        String samples = BestTexts.fileOf(measured);
        folder.rewrite(samples, measured.read(samples));
        BestRound best = BestRound.of(records, by);
        RunSummary summary = RunSummary.of(
                records,
                rewards,
                status,
                Double.isNaN(total) ? seconds : total,
                best,
                rounds.get(rounds.size() - 1),
                PolicyFolder.sha256(rounds.get(best.round())));
        folder.rewrite(RunSummary.FILE, PrettyJson.text(RecordJson.write(summary)));
    }

    /** The best round so far. */
    public int best() throws IOException {
        return BestRound.of(records(folder.rounds().all()), by).round();
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
}

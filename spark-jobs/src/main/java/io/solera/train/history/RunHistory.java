package io.solera.train.history;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.RunFolder;
import io.solera.train.evaluation.BestTexts;
import java.io.IOException;
import java.util.List;

/** The files of a run folder that are made from its rounds: {@code metrics.jsonl}, {@code summary.json}, and the best
 * samples. */
public final class RunHistory {
    /** The key of the best round in {@code summary.json}. */
    public static final String BEST = "best";

    private final RunFolder folder;
    private final TrainJob.BestBy by;
    private final List<String> rewards;

    public RunHistory(RunFolder folder, TrainJob.BestBy by, List<String> rewards) {
        this.folder = folder;
        this.by = by;
        this.rewards = rewards;
    }

    /** Writes them anew; the run goes on. The summary compares round 0 with the best round and the last that was measured. */
    public void write() throws IOException {
        write("running", Double.NaN);
    }

    /** Writes them for the last time; {@code seconds} is what the run's process took, without earlier ones that were cut off. */
    public void finish(double seconds) throws IOException {
        write("done", seconds);
    }

    private void write(String status, double total) throws IOException {
        List<CommittedRound> rounds = folder.rounds().all();
        StringBuilder lines = new StringBuilder();
        CommittedRound measured = rounds.get(0);
        double seconds = 0;
        for (CommittedRound round : rounds) {
            JsonObject metrics = round.metrics();
            lines.append(lines(round));
            seconds += metrics.get(RoundKeys.SECONDS).getAsDouble();
            measured = metrics.has(RoundKeys.EVALUATION) ? round : measured;
        }
        folder.rewrite("metrics.jsonl", lines.toString());
        String samples = BestTexts.fileOf(measured);
        folder.rewrite(samples, measured.read(samples));
        CommittedRound last = rounds.get(rounds.size() - 1);
        JsonObject summary = RunSummary.of(
                evaluation(rounds.get(0)),
                evaluation(measured),
                rewards,
                last.metrics().has(Verdict.STOPPED) ? "stopped" : status,
                Double.isNaN(total) ? seconds : total,
                last.round(),
                PolicyFolder.sha256(last));
        BestRound best = BestRound.of(metrics(rounds), by);
        summary.add(BEST, RunSummary.best(best, rounds.get(best.round())));
        summary.add(Verdict.WARNINGS, RunSummary.warnings(metrics(rounds)));
        summary.add(Verdict.STOPPED, last.metrics().get(Verdict.STOPPED));
        folder.rewrite("summary.json", PrettyJson.text(summary));
    }

    /** The steps of a round, a line each, and the line of the round. */
    public static String lines(CommittedRound round) {
        StringBuilder lines = new StringBuilder();
        JsonObject metrics = round.metrics();
        for (JsonElement step : metrics.getAsJsonArray(RoundKeys.STEPS)) {
            JsonObject line = step.getAsJsonObject();
            line.addProperty("round", round.round());
            lines.append(line).append('\n');
        }
        metrics.remove(RoundKeys.STEPS);
        return lines.append(metrics).append('\n').toString();
    }

    /** The best round so far. */
    public int best() throws IOException {
        return BestRound.of(metrics(folder.rounds().all()), by).round();
    }

    private static List<JsonObject> metrics(List<CommittedRound> rounds) {
        return rounds.stream().map(CommittedRound::metrics).toList();
    }

    public static JsonObject evaluation(CommittedRound round) {
        return round.metrics().getAsJsonObject(RoundKeys.EVALUATION);
    }
}

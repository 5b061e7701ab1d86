package io.solera.train;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.RunFolder;
import java.io.IOException;
import java.util.List;

/** The files of a run folder that are made from its rounds: {@code metrics.jsonl}, {@code summary.json}, and the best
 * samples. */
public final class RunHistory {
    private final RunFolder folder;
    private final List<String> rewards;

    public RunHistory(RunFolder folder, List<String> rewards) {
        this.folder = folder;
        this.rewards = rewards;
    }

    /** Writes them anew; the run goes on. The summary compares round 0 with the last round that was measured. */
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
            seconds += metrics.get(RoundMetrics.SECONDS).getAsDouble();
            measured = metrics.has(RoundMetrics.EVALUATION) ? round : measured;
        }
        folder.rewrite("metrics.jsonl", lines.toString());
        String best = BestTexts.fileOf(measured);
        folder.rewrite(best, measured.read(best));
        CommittedRound last = rounds.get(rounds.size() - 1);
        folder.rewrite(
                "summary.json",
                RunSummary.text(RunSummary.of(
                        evaluation(rounds.get(0)),
                        evaluation(measured),
                        rewards,
                        status,
                        Double.isNaN(total) ? seconds : total,
                        last.round(),
                        PolicyFolder.sha256(last))));
    }

    /** The steps of a round, a line each, and the line of the round. */
    static String lines(CommittedRound round) {
        StringBuilder lines = new StringBuilder();
        JsonObject metrics = round.metrics();
        for (JsonElement step : metrics.getAsJsonArray(RoundMetrics.STEPS)) {
            JsonObject line = step.getAsJsonObject();
            line.addProperty("round", round.round());
            lines.append(line).append('\n');
        }
        metrics.remove(RoundMetrics.STEPS);
        return lines.append(metrics).append('\n').toString();
    }

    /** The round with the best evaluation; later ones win ties. */
    static int best(List<CommittedRound> rounds, TrainJob.BestBy measure) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (CommittedRound round : rounds) {
            JsonObject metrics = round.metrics();
            if (metrics.has(RoundMetrics.EVALUATION)) {
                JsonElement value = metrics.getAsJsonObject(RoundMetrics.EVALUATION)
                        .getAsJsonObject(measure.name().toLowerCase(java.util.Locale.ROOT))
                        .get("mean");
                if (!value.isJsonNull() && value.getAsDouble() >= highest) {
                    highest = value.getAsDouble();
                    best = round.round();
                }
            }
        }
        return best;
    }

    static JsonObject evaluation(CommittedRound round) {
        return round.metrics().getAsJsonObject(RoundMetrics.EVALUATION);
    }
}

package io.solera.jobs.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.store.CommittedRound;
import io.solera.store.RunFolder;
import io.solera.store.storage.HadoopFolder;
import io.solera.train.history.RunHistory;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The end of a run for a person: before and after, the best round where it is another than the last, and the best samples. */
public final class SummaryTable {
    private final JsonObject before;
    private final JsonObject after;
    private final @Nullable JsonObject best;
    private final List<List<String>> lines = new ArrayList<>();

    private SummaryTable(JsonObject before, JsonObject after, @Nullable JsonObject best) {
        this.before = before;
        this.after = after;
        this.best = best;
    }

    public static void print(PrintStream out, RunFolder folder, Configuration configuration, RewardSet rewards)
            throws IOException {
        JsonObject summary = summary(folder, configuration);
        JsonObject best = summary.getAsJsonObject(RunHistory.BEST);
        int last = summary.get("rounds").getAsInt();
        int bestRound = best.get("round").getAsInt();
        SummaryTable table = new SummaryTable(
                summary.getAsJsonObject("before"),
                summary.getAsJsonObject("after"),
                bestRound == last ? null : best.getAsJsonObject("evaluation"));
        out.println();
        table.fill(rewards.names(), bestRound);
        TextTable.print(out, table.lines, column -> false);
        CommittedRound shown = folder.round(bestRound);
        out.printf("%nbest samples of round %d (geometric mean of the shaped rewards; then raw values)%n", bestRound);
        BestSamples.print(out, shown, rewards.names());
        out.println();
        for (JsonElement warning : summary.getAsJsonArray("warnings")) {
            out.printf(
                    "warning: round %d: %s%n",
                    warning.getAsJsonObject().get("round").getAsInt(),
                    warning.getAsJsonObject().get("text").getAsString());
        }
        if (summary.has("stopped") && !summary.get("stopped").isJsonNull()) {
            out.printf(
                    "stopped after round %d by stop-when.%s%n",
                    last, summary.get("stopped").getAsString());
        }
        out.printf(
                Locale.ROOT,
                "%d rounds in %.0f s; run %s%n",
                last,
                summary.get("seconds").getAsDouble(),
                folder.location());
    }

    /** Where the policies of the best and of the last round are. */
    public static void printPolicies(PrintStream out, RunFolder folder, Configuration configuration)
            throws IOException {
        JsonObject best = summary(folder, configuration).getAsJsonObject(RunHistory.BEST);
        CommittedRound last = folder.lastRound().orElseThrow();
        int round = best.get("round").getAsInt();
        if (round != last.round()) {
            out.printf(
                    "policy of the last round, %d: %s%n",
                    last.round(), last.folder("policy").location());
        }
        out.printf(
                "policy of the best round, %d by %s%s: %s%n",
                round,
                best.get("by").getAsString(),
                round == last.round() ? ", which is the last" : "",
                folder.round(round).folder("policy").location());
    }

    private void fill(List<String> rewards, int bestRound) {
        lines.add(
                best == null
                        ? List.of("mean (95 % interval)", "before", "after")
                        : List.of("mean (95 % interval)", "before", "after", "best, round " + bestRound));
        for (String name : rewards) {
            row(name, Figures::interval, of -> reward(of, name, "raw"));
            row(name + ", shaped", Figures::interval, of -> reward(of, name, "shaped"));
        }
        if (after.has("domain")) {
            for (String name : after.getAsJsonObject("domain").keySet()) {
                row(name + ", domain", Figures::number, of -> domain(of, name, "mean"));
                row("  of successes", Figures::number, of -> domain(of, name, "of_successes"));
            }
        }
        row("success", Figures::shares, of -> of.get("success"));
        row(hypervolume(), Figures::interval, of -> of.get("hypervolume"));
        row(
                "validity",
                Figures::shares,
                of -> of.has("validity_interval") ? of.get("validity_interval") : of.get("validity"));
        row("uniqueness", Figures::percent, of -> of.get("uniqueness"));
        row("novelty", Figures::percent, of -> of.get("novelty"));
        row("internal diversity", Figures::number, of -> of.get("internal_diversity"));
        if (rewards.size() > 1) {
            row(
                    "ICV, per sample",
                    Figures::number,
                    of -> of.getAsJsonObject("icv").get("per_sample"));
            row(
                    "ICV, of means",
                    Figures::number,
                    of -> of.getAsJsonObject("icv").get("of_means"));
        }
        row("KL, nats per sample", Figures::interval, of -> of.get("kl"));
        row("held-out samples", SummaryTable::count, of -> of.get("samples"));
    }

    /** Its name, with the size of its batches where that is not the usual one. */
    private String hypervolume() {
        JsonElement batch = after.getAsJsonObject("hypervolume").get("batch");
        return batch == null || batch.getAsInt() == 100
                ? "hypervolume"
                : "hypervolume of %d".formatted(batch.getAsInt());
    }

    /** A row of what an evaluation may have; none where it does not. */
    private void row(
            String name, Function<@Nullable JsonElement, String> show, Function<JsonObject, @Nullable JsonElement> of) {
        if (of.apply(after) == null) {
            return;
        }
        List<String> line = new ArrayList<>(List.of(name, show.apply(of.apply(before)), show.apply(of.apply(after))));
        if (best != null) {
            JsonElement value = of.apply(best);
            // its interval stands in the report: three of them do not fit a terminal
            String text = show.apply(value);
            line.add(text.contains(" (") ? text.substring(0, text.indexOf(" (")) : text);
        }
        lines.add(line);
    }

    private static @Nullable JsonElement reward(JsonObject evaluation, String name, String scale) {
        return evaluation.getAsJsonObject("rewards").getAsJsonObject(name).get(scale);
    }

    private static @Nullable JsonElement domain(JsonObject evaluation, String name, String which) {
        return evaluation.getAsJsonObject("domain").getAsJsonObject(name).get(which);
    }

    private static String count(@Nullable JsonElement count) {
        return count == null ? Figures.NONE : String.format(Locale.ROOT, "%,d", count.getAsInt());
    }

    private static JsonObject summary(RunFolder folder, Configuration configuration) throws IOException {
        try (Reader in = new InputStreamReader(
                HadoopFolder.of(folder.location(), configuration).open("summary.json"), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(in).getAsJsonObject();
        }
    }
}

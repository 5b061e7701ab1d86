package io.solera.jobs.console;

import io.solera.store.CommittedRound;
import io.solera.store.RunFolder;
import io.solera.store.storage.HadoopFolder;
import io.solera.train.evaluation.Measures;
import io.solera.train.history.RunSummary;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run for a person: before and after, the best round where it is another than the last, and the best
 * samples.
 */
public final class SummaryTable {
    private final Measures before;
    private final Measures after;
    private final @Nullable Measures best;
    private final List<List<String>> lines = new ArrayList<>();

    private SummaryTable(Measures before, Measures after, @Nullable Measures best) {
        this.before = before;
        this.after = after;
        this.best = best;
    }

    public static void print(PrintStream out, RunFolder folder, Configuration configuration, RewardSet rewards)
            throws IOException {
        RunSummary summary = summary(folder, configuration);
        int last = summary.rounds();
        int bestRound = summary.best().round();
        SummaryTable table = new SummaryTable(
                summary.before(),
                summary.after(),
                bestRound == last ? null : summary.best().evaluation());
        out.println();
        table.fill(rewards.names(), bestRound);
        TextTable.print(out, table.lines, column -> false);
        CommittedRound shown = folder.round(bestRound);
        out.printf("%nbest samples of round %d (geometric mean of the shaped rewards; then raw values)%n", bestRound);
        BestSamples.print(out, shown, rewards.names());
        out.println();
        for (RunSummary.Warning warning : summary.warnings()) {
            out.printf("warning: round %d: %s%n", warning.round(), warning.text());
        }
        summary.stopped().ifPresent(why -> out.printf("stopped after round %d by stop-when.%s%n", last, why));
        String method = summary.method() == null ? "" : "method %s; ".formatted(summary.method());
        out.printf(Locale.ROOT, "%s%d rounds in %.0f s; run %s%n", method, last, summary.seconds(), folder.location());
    }

    /** Where the policies of the best and of the last round are. */
    public static void printPolicies(PrintStream out, RunFolder folder, Configuration configuration)
            throws IOException {
        RunSummary.Best best = summary(folder, configuration).best();
        CommittedRound last = folder.lastRound().orElseThrow();
        int round = best.round();
        if (round != last.round()) {
            out.printf(
                    "policy of the last round, %d: %s%n",
                    last.round(), last.folder("policy").location());
        }
        out.printf(
                "policy of the best round, %d by %s%s: %s%n",
                round,
                best.by(),
                round == last.round() ? ", which is the last" : "",
                folder.round(round).folder("policy").location());
    }

    private void fill(List<String> rewards, int bestRound) {
        lines.add(
                best == null
                        ? List.of("mean (95 % interval)", "before", "after")
                        : List.of("mean (95 % interval)", "before", "after", "best, round " + bestRound));
        for (String name : rewards) {
            boolean observed = after.observed() != null && after.observed().contains(name);
            row(
                    name + (observed ? ", observed" : ""),
                    of -> Figures.interval(of.reward(name).raw()));
            row(name + ", shaped", of -> Figures.interval(of.reward(name).shaped()));
        }
        if (after.domain() != null) {
            for (String name : after.domain().keySet()) {
                row(name + ", domain", of -> number(domain(of, name, Measures.Domain::mean)));
                row("  of successes", of -> number(domain(of, name, Measures.Domain::ofSuccesses)));
            }
        }
        row("success", of -> of.success() == null ? null : Figures.shares(of.success()));
        row(hypervolume(), of -> Figures.interval(of.hypervolume().interval()));
        row("validity", SummaryTable::validity);
        row("uniqueness", of -> Figures.percent(of.uniqueness()));
        row("novelty", of -> of.novelty() == null ? null : Figures.percent(of.novelty()));
        row("internal diversity", of -> number(of.internalDiversity()));
        if (rewards.size() > 1) {
            row("ICV, per sample", of -> Figures.number(of.icv().perSample()));
            row("ICV, of means", of -> Figures.number(of.icv().ofMeans()));
        }
        row("KL, nats per sample", of -> Figures.interval(of.kl()));
        row("held-out samples", of -> String.format(Locale.ROOT, "%,d", of.samples()));
    }

    /** Its name, with the size of its batches where that is not the usual one. */
    private String hypervolume() {
        Integer batch = after.hypervolume().batch();
        return batch == null || batch == Measures.BATCH ? "hypervolume" : "hypervolume of %d".formatted(batch);
    }

    /** A row of what an evaluation may have; none where it does not. */
    private void row(String name, Function<Measures, @Nullable String> figure) {
        String last = figure.apply(after);
        if (last == null) {
            return;
        }
        List<String> line = new ArrayList<>(List.of(name, shown(figure.apply(before)), last));
        if (best != null) {
            // its interval is in the report: three of them do not fit a terminal
            String text = shown(figure.apply(best));
            line.add(text.contains(" (") ? text.substring(0, text.indexOf(" (")) : text);
        }
        lines.add(line);
    }

    private static String shown(@Nullable String figure) {
        return figure == null ? Figures.NONE : figure;
    }

    private static @Nullable String validity(Measures of) {
        if (of.validityInterval() != null) {
            return Figures.shares(of.validityInterval());
        }
        return of.validity() == null ? null : Figures.percent(of.validity());
    }

    private static @Nullable Double domain(
            Measures of, String name, Function<Measures.Domain, @Nullable Double> which) {
        Measures.Domain domain = of.domain() == null ? null : of.domain().get(name);
        return domain == null ? null : which.apply(domain);
    }

    private static @Nullable String number(@Nullable Double number) {
        return number == null ? null : Figures.number(number);
    }

    private static RunSummary summary(RunFolder folder, Configuration configuration) throws IOException {
        return RunSummary.read(HadoopFolder.of(folder.location(), configuration));
    }
}

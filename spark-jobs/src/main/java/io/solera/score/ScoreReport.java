package io.solera.score;

import io.solera.reward.Status;
import io.solera.score.ScoreSummary.RewardSummary;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A scoring job in words and numbers: what it did, or what it would cost. */
public final class ScoreReport {
    private static final double LIBRARY = 1e8;

    private ScoreReport() {}

    public static void print(PrintStream out, ScoreJob.Outcome outcome, String output) {
        ScoreSummary summary = outcome.summary();
        String form = "%-"
                + width(summary.rewards().stream().map(RewardSummary::column).toList()) + "s  %10s"
                + "  %9s".repeat(1 + ScoreSummary.SHARES.size()) + "  %10s  %8s  %s%n";
        out.printf(
                form,
                "reward",
                "ok",
                "mean",
                "least",
                "5 %",
                "25 %",
                "median",
                "75 %",
                "95 %",
                "most",
                "us/input",
                "core-s",
                "missing");
        for (RewardSummary reward : summary.rewards()) {
            List<String> quantiles = reward.quantiles().isEmpty()
                    ? ScoreSummary.SHARES.stream().map(share -> "-").toList()
                    : reward.quantiles().stream().map(ScoreReport::number).toList();
            out.printf(
                    form,
                    reward.column().name(),
                    reward.ok(),
                    number(reward.mean()),
                    quantiles.get(0),
                    quantiles.get(1),
                    quantiles.get(2),
                    quantiles.get(3),
                    quantiles.get(4),
                    quantiles.get(5),
                    quantiles.get(6),
                    number(summary.micros(reward)),
                    number(reward.coreSeconds()),
                    missing(reward.missing()));
        }
        String now = outcome.rows() == summary.rows() ? "" : " (%d of them now)".formatted(outcome.rows());
        out.printf(
                Locale.ROOT,
                "%d rows in %.1f s%s (%.3g rows/s), %d distinct, in %d part%s, written to %s%n",
                summary.rows(),
                outcome.seconds(),
                now,
                outcome.rows() / outcome.seconds(),
                summary.distinct(),
                summary.parts(),
                summary.parts() == 1 ? "" : "s",
                output);
    }

    /** What a job would do and cost, by the price of a sample. */
    public static void explain(
            PrintStream out, ScoreInput input, ScoreInput.Survey survey, CostEstimate price, int cores) {
        double seconds = price.seconds(survey.rows(), survey.distinct());
        int parts = PartCount.of(seconds, survey.rows(), survey.distinct(), cores);
        out.printf(
                Locale.ROOT,
                "%s: %,d rows, about %,d distinct inputs (%s), %,d rows without any%n",
                input.name(),
                survey.rows(),
                survey.distinct(),
                String.join(", ", input.inputs()),
                survey.absent());
        String form = "%-" + width(input.rewards()) + "s  %10s  %10s%n";
        out.printf(form, "reward", "us/input", "core-s");
        for (int r = 0; r < price.micros().size(); r++) {
            double micros = price.micros().get(r);
            out.printf(form, input.rewards().get(r).name(), number(micros), number(1e-6 * micros * survey.distinct()));
        }
        double each = price.seconds(0, 1);
        out.printf(
                form, "rows", number(CostEstimate.ROW_MICROS), number(1e-6 * CostEstimate.ROW_MICROS * survey.rows()));
        out.printf(
                Locale.ROOT,
                "%d part%s of about %s s of work, measured on %d inputs%n",
                parts,
                parts == 1 ? "" : "s",
                number(seconds / parts),
                price.texts());
        out.printf(
                Locale.ROOT,
                "%s core-seconds: about %s on %d core%s%n",
                number(seconds),
                duration(seconds / Math.min(cores, parts)),
                cores,
                cores == 1 ? "" : "s");
        out.printf(
                Locale.ROOT,
                "100,000,000 rows: %s core-hours as often repeated as here, %s all distinct%n",
                number(price.seconds((long) LIBRARY, Math.round(LIBRARY * survey.distinct() / survey.rows())) / 3600),
                number(LIBRARY * (each + 1e-6 * CostEstimate.ROW_MICROS) / 3600));
    }

    private static int width(List<RewardColumn> columns) {
        return columns.stream().mapToInt(column -> column.name().length()).reduce(6, Math::max);
    }

    private static String duration(double seconds) {
        if (seconds < 90) {
            return "%s s".formatted(number(seconds));
        }
        return seconds < 5400 ? "%.0f min".formatted(seconds / 60) : "%.1f h".formatted(seconds / 3600);
    }

    /** Four digits, without an exponent where it can be. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
        return (size > 0 && size < 0.001) || size >= 1e9
                ? String.format(Locale.ROOT, "%.2e", value)
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String missing(Map<Status, Long> missing) {
        return missing.isEmpty()
                ? "0"
                : missing.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().text())
                        .collect(Collectors.joining(", "));
    }
}

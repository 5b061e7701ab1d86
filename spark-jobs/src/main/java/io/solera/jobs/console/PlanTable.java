package io.solera.jobs.console;

import io.solera.plan.Plan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for people. */
public final class PlanTable {
    private static final double MIB = 1 << 20;
    private static final int LIMIT = 5;

    private PlanTable() {}

    /** @param method as the job names it */
    public static void print(PrintStream out, Plan plan, String method) {
        out.printf("Method: %s%n", method);
        out.printf("Steps of a round: %s%n%n", plan.way());
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("part of a round", "seconds", "share", "MiB to executors", "MiB to driver", "limited by"));
        for (Plan.Part part : plan.parts()) {
            lines.add(List.of(
                    part.name(),
                    Figures.number(part.seconds()),
                    Figures.percent(part.share()),
                    mebibytes(part.down()),
                    mebibytes(part.up()),
                    part.limit()));
        }
        lines.add(List.of(
                "round",
                Figures.number(plan.roundSeconds()),
                "",
                mebibytes(plan.parts().stream().mapToDouble(Plan.Part::down).sum()),
                mebibytes(plan.parts().stream().mapToDouble(Plan.Part::up).sum()),
                ""));
        TextTable.print(out, lines, column -> column > 0 && column < LIMIT);
        out.println();
        out.printf(
                Locale.ROOT,
                "%d rounds: %s, %.2f GiB moved (%.2f to executors)%n",
                plan.rounds(),
                time(plan.seconds()),
                plan.bytes() / MIB / 1024,
                plan.bytesToExecutors() / MIB / 1024);
        out.printf(
                Locale.ROOT,
                "memory: driver %.2f GiB, each of %d executor%s %.2f GiB%n",
                plan.driverMib() / 1024,
                plan.cluster().executors(),
                plan.cluster().executors() == 1 ? "" : "s",
                plan.executorMib() / 1024);
        if (Double.isFinite(plan.cost())) {
            out.printf(Locale.ROOT, "cost of the executors: %.2f%n", plan.cost());
        }
        plan.warnings().forEach(warning -> out.println("warning: " + warning));
        plan.assumptions().forEach(assumption -> out.println("assumed: " + assumption));
    }

    private static String mebibytes(double bytes) {
        return bytes == 0 ? "0" : String.format(Locale.ROOT, bytes < MIB ? "%.3f" : "%.1f", bytes / MIB);
    }

    private static String time(double seconds) {
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f seconds", seconds)
                : String.format(Locale.ROOT, "%.2f hours", seconds / 3600);
    }
}

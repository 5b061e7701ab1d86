package io.solera.jobs;

import io.solera.jobs.console.ExitCode;
import io.solera.lang.EnumText;
import io.solera.reward.catalogue.Argument;
import io.solera.reward.catalogue.Group;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rewards",
        mixinStandardHelpOptions = true,
        description = "List the rewards that jobs and 'solera score' can use, or describe one.")
final class RewardsCommand implements Callable<Integer> {
    private static final String ROW = "%-24s %-8s %-18s %-14s %-7s %s%n";

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The reward to describe.")
    private @Nullable String name;

    @Option(names = "--markdown", description = "Write the whole catalogue as the page docs/rewards.md.")
    private boolean markdown;

    @Override
    public Integer call() {
        if (markdown) {
            RewardsPage.text().lines().forEach(System.out::println);
        } else if (name == null) {
            list(System.out);
        } else {
            print(System.out, RewardCatalogue.entry(name));
        }
        return ExitCode.DONE;
    }

    private static void list(PrintStream out) {
        for (Group group : RewardCatalogue.GROUPS) {
            out.printf(ROW, group.title(), "reads", "unit", "range", "better", "what it measures");
            for (RewardEntry entry : group.entries()) {
                out.printf(
                        ROW,
                        "  " + entry.name(),
                        entry.input().column(),
                        unit(entry),
                        entry.range(),
                        better(entry),
                        entry.summary());
            }
        }
    }

    private static void print(PrintStream out, RewardEntry entry) {
        line(out, entry.name(), entry.summary());
        line(out, "reads", entry.input().column());
        line(out, "unit", unit(entry));
        line(out, "range", entry.range());
        line(out, "better", better(entry));
        line(out, "shaping", entry.shaping().text() + " unless a job says otherwise");
        for (Argument argument : entry.arguments()) {
            line(out, "argument", "%s: %s (%s)".formatted(argument.name(), argument.summary(), otherwise(argument)));
        }
        line(out, "defined by", entry.citation());
        line(out, "compared to", entry.reference());
        line(out, "deviation", entry.deviation());
        line(out, "example", entry.example());
    }

    static String otherwise(Argument argument) {
        if (argument.otherwise() == null) {
            return "must be given";
        }
        return argument.otherwise().isEmpty() ? "may be left out" : "default: " + argument.otherwise();
    }

    static String unit(RewardEntry entry) {
        return entry.unit().isEmpty() ? "-" : entry.unit();
    }

    static String better(RewardEntry entry) {
        return EnumText.of(entry.direction());
    }

    private static void line(PrintStream out, String key, String value) {
        out.printf("%-12s %s%n", key, value);
    }
}

package io.solera.jobs.console;

import io.solera.problem.StopRequest;
import io.solera.train.Progress;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Progress as lines: round, expert and step, the shaped rewards of its rollout, and the time left. */
public final class ConsoleProgress implements Progress {
    private final PrintStream out;
    private final IntConsumer afterRound;
    private final StopRequest stop;
    private final long begun = System.nanoTime();
    private List<String> rewards = List.of();
    private int rounds;
    private int expert = 9;
    private double doneAtStart = -1;
    private long clock;
    private volatile int committed = -1;

    /** @param afterRound called with a round when the files of the run include it */
    public ConsoleProgress(PrintStream out, IntConsumer afterRound, StopRequest stop) {
        this.out = out;
        this.afterRound = afterRound;
        this.stop = stop;
    }

    /** Since this was made. */
    public double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Where the run is, such as {@code in round 3 of 10}. */
    public String place() {
        if (committed < 0) {
            return "before its first round";
        }
        return committed == rounds ? "after its last round" : "in round %d of %d".formatted(committed + 1, rounds);
    }

    @Override
    public void begun(String location, int round, int rounds, List<String> rewards) {
        this.rewards = rewards;
        this.rounds = rounds;
        committed = round;
        expert = Math.max(9, rewards.stream().mapToInt(String::length).max().orElse(0));
        clock = System.nanoTime();
        doneAtStart = (double) round / rounds;
        out.printf("run %s%n", location);
        out.println(
                "below: means of the shaped rewards, on [0, 1]; raw values are in metrics.jsonl and in the table at "
                        + "the end");
        out.println(line(
                "round",
                "expert",
                "step",
                String.join("", rewards.stream().map(ConsoleProgress::column).toList())));
    }

    @Override
    public void note(String line) {
        out.println(line);
    }

    @Override
    public void stage(int round, String name, List<String> rewards) {
        out.printf("stage %s from round %d: %s%n", name, round, String.join(", ", rewards));
    }

    @Override
    public void step(int round, String learner, int step, int steps, List<Double> shaped, double done) {
        out.println((line(round + "/" + rounds, learner, step + "/" + steps, numbers(shaped)) + "   " + left(done))
                .stripTrailing());
    }

    @Override
    public void evaluated(
            int round, List<Double> shaped, double success, double hypervolume, double validity, double done) {
        out.println(line(
                round == 0 ? "start" : round + "/" + rounds, round == 0 ? "reference" : "blend", "", numbers(shaped)));
        List<String> shares = new ArrayList<>();
        if (!Double.isNaN(success)) {
            shares.add(String.format(Locale.ROOT, "success %.1f %%", 100 * success));
        }
        shares.add("hypervolume " + Figures.number(hypervolume));
        if (!Double.isNaN(validity)) {
            shares.add(String.format(Locale.ROOT, "valid %.1f %%", 100 * validity));
        }
        shares.add(left(done));
        shares.removeIf(String::isEmpty);
        out.println(line("", "", "", "  " + String.join(", ", shares)));
        List<String> unknown = IntStream.range(0, rewards.size())
                .filter(i -> shaped.get(i).isNaN())
                .mapToObj(rewards::get)
                .toList();
        if (!unknown.isEmpty()) {
            out.printf("%-7s no sample has a value of %s%n", "", String.join(", ", unknown));
        }
    }

    @Override
    public void warning(int round, String text) {
        out.printf("warning: round %d: %s%n", round, text);
    }

    @Override
    public void stopped(int round, String why) {
        out.printf("the run stops after round %d by stop-when.%s%n", round, why);
    }

    @Override
    public void committed(int round) {
        committed = round;
    }

    @Override
    public StopRequest stop() {
        return stop;
    }

    @Override
    public void written(int round) {
        afterRound.accept(round);
    }

    private String line(String round, String learner, String step, String numbers) {
        return ("%-7s %-" + expert + "s %-5s %s")
                .formatted(round, learner, step, numbers)
                .stripTrailing();
    }

    /** The head of a column of numbers. */
    private static String column(String reward) {
        return "%7s".formatted("  " + reward);
    }

    private String numbers(List<Double> shaped) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shaped.size(); i++) {
            int width = column(i < rewards.size() ? rewards.get(i) : "").length();
            String number = Figures.number(shaped.get(i).doubleValue());
            line.append(" ".repeat(Math.max(0, width - number.length()))).append(number);
        }
        return line.toString();
    }

    private String left(double done) {
        double share = done - doneAtStart;
        if (doneAtStart < 0 || share <= 0 || done >= 1) {
            return "";
        }
        double left = (System.nanoTime() - clock) / 1e9 / share * (1 - done);
        return left < 90 ? "%.0f s left".formatted(left) : "%.0f min left".formatted(left / 60);
    }
}

package io.solera.jobs;

import io.solera.train.Progress;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Progress as lines: round, expert and step, the shaped rewards of its rollout, and the time left. */
final class ConsoleProgress implements Progress {
    private final PrintStream out;
    private final Runnable afterRound;
    private final long begun = System.nanoTime();
    private List<String> rewards = List.of();
    private int rounds;
    private double doneAtStart = -1;
    private long clock;

    /** @param afterRound what else is to be done when a round is committed */
    ConsoleProgress(PrintStream out, Runnable afterRound) {
        this.out = out;
        this.afterRound = afterRound;
    }

    /** Since this was made. */
    double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    @Override
    public void begun(String location, int round, int rounds, List<String> rewards) {
        this.rewards = rewards;
        this.rounds = rounds;
        clock = System.nanoTime();
        doneAtStart = (double) round / rounds;
        out.printf("run %s%n", location);
        out.printf(
                "%-10s %-12s %-6s %s%n",
                "round",
                "expert",
                "step",
                String.join("", rewards.stream().map(SummaryTable::column).toList()));
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
        out.printf(
                "%-10s %-12s %-6s %s%s%n",
                round + "/" + rounds, learner, step + "/" + steps, numbers(shaped), left(done));
    }

    @Override
    public void evaluated(
            int round, List<Double> shaped, double success, double hypervolume, double validity, double done) {
        out.printf(
                Locale.ROOT,
                "%-10s %-12s %-6s %s   success %.1f %%  hypervolume %.3f%s%s%n",
                round == 0 ? "start" : round + "/" + rounds,
                round == 0 ? "reference" : "blend",
                "",
                numbers(shaped),
                100 * success,
                hypervolume,
                Double.isNaN(validity) ? "" : "  valid %.1f %%".formatted(100 * validity),
                left(done));
        List<String> unknown = IntStream.range(0, rewards.size())
                .filter(i -> shaped.get(i).isNaN())
                .mapToObj(rewards::get)
                .toList();
        if (!unknown.isEmpty()) {
            out.printf("%-10s no sample has a value of %s%n", "", String.join(", ", unknown));
        }
    }

    @Override
    public void committed(int round) {
        afterRound.run();
    }

    private String numbers(List<Double> shaped) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shaped.size(); i++) {
            String name = i < rewards.size() ? rewards.get(i) : "";
            line.append(SummaryTable.number(name, shaped.get(i)));
        }
        return line.toString();
    }

    private String left(double done) {
        double share = done - doneAtStart;
        if (doneAtStart < 0 || share <= 0 || done >= 1) {
            return "";
        }
        double left = (System.nanoTime() - clock) / 1e9 / share * (1 - done);
        return left < 90 ? "   %.0f s left".formatted(left) : "   %.0f min left".formatted(left / 60);
    }
}

package io.solera.jobs.console;

import io.solera.lang.Excerpt;
import io.solera.store.CommittedRound;
import io.solera.train.evaluation.BestSample;
import io.solera.train.evaluation.BestTexts;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The best samples of a round, a line each. */
final class BestSamples {
    private static final int MOST = 10;
    private static final int LONGEST_TEXT = 100;
    private static final int LONGEST_PROMPT = 30;

    private BestSamples() {}

    /** Prints the best ten: mean, raw rewards and text. */
    static void print(PrintStream out, CommittedRound round, List<String> rewards) throws IOException {
        List<BestSample> samples = BestTexts.of(round, rewards);
        if (samples.isEmpty()) {
            out.println("none has a value of every reward");
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("mean"));
        head.addAll(rewards);
        lines.add(head);
        samples.stream()
                .sorted(Comparator.comparingDouble(sample -> -sample.geometricMean()))
                .limit(MOST)
                .forEach(sample -> {
                    List<String> line = new ArrayList<>(List.of(Figures.number(sample.geometricMean())));
                    Arrays.stream(sample.raw()).forEach(value -> line.add(Figures.number(value)));
                    line.add(shortened(sample));
                    lines.add(line);
                });
        TextTable.print(out, lines, column -> column <= rewards.size());
    }

    /** A text in one line, after the end of its prompt. */
    private static String shortened(BestSample sample) {
        String text = line(sample.text());
        String prompt = sample.prompt() == null ? "" : line(sample.prompt());
        return (prompt.isEmpty() ? "" : Excerpt.ofEnd(prompt, LONGEST_PROMPT) + " | ") + Excerpt.of(text, LONGEST_TEXT);
    }

    private static String line(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    }
}

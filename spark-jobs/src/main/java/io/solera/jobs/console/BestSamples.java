package io.solera.jobs.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.lang.Excerpt;
import io.solera.store.CommittedRound;
import io.solera.train.evaluation.BestMolecules;
import io.solera.train.evaluation.BestTexts;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of a round's best samples, as stored in its file.
 *
 * @param mean the geometric mean of its shaped rewards
 * @param raw its rewards; NaN where missing
 */
record BestSamples(String text, double mean, List<Double> raw) {
    private static final int MAX_SAMPLES = 10;
    private static final int MAX_TEXT_LENGTH = 100;
    private static final int MAX_PROMPT_LENGTH = 30;

    /** The best ten, a line each. */
    static void print(PrintStream out, CommittedRound round, List<String> rewards) throws IOException {
        String file = BestTexts.fileOf(round);
        List<BestSamples> samples = file.equals(BestMolecules.FILE)
                ? molecules(round.read(file), rewards)
                : texts(round.read(file), rewards);
        if (samples.isEmpty()) {
            out.println("none has a value of every reward");
            return;
        }
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("mean"));
        head.addAll(rewards);
        lines.add(head);
        samples.stream()
                .sorted(Comparator.comparingDouble(sample -> -sample.mean()))
                .limit(MAX_SAMPLES)
                .forEach(sample -> {
                    List<String> line = new ArrayList<>(List.of(Figures.number(sample.mean())));
                    sample.raw().forEach(value -> line.add(Figures.number(value.doubleValue())));
                    line.add(sample.text());
                    lines.add(line);
                });
        TextTable.print(out, lines, column -> column <= rewards.size());
    }

    private static List<BestSamples> molecules(String csv, List<String> rewards) {
        return csv.lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> {
                    List<Double> raw = new ArrayList<>();
                    for (int i = 0; i < rewards.size(); i++) {
                        raw.add(number(cells[3 + 2 * i]));
                    }
                    return new BestSamples(cells[0], number(cells[2]), raw);
                })
                .toList();
    }

    private static List<BestSamples> texts(String lines, List<String> rewards) {
        return lines.lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .map(json -> new BestSamples(
                        shortened(json),
                        number(json.get("geometric_mean")),
                        rewards.stream().map(name -> number(json.get(name))).toList()))
                .toList();
    }

    /** A text in one line, after the end of its prompt. */
    private static String shortened(JsonObject json) {
        String text = line(json.get("text"));
        String prompt = line(json.get("prompt"));
        return (prompt.isEmpty() ? "" : Excerpt.ofEnd(prompt, MAX_PROMPT_LENGTH) + " | ")
                + Excerpt.of(text, MAX_TEXT_LENGTH);
    }

    private static String line(@Nullable JsonElement text) {
        return text == null ? "" : text.getAsString().replaceAll("[\\s\\p{Cntrl}]+", " ");
    }

    private static double number(String cell) {
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    private static double number(@Nullable JsonElement value) {
        return value == null || value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }
}

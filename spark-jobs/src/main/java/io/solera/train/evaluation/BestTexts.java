package io.solera.train.evaluation;

import com.google.gson.JsonObject;
import io.solera.rl.measure.GeometricMean;
import io.solera.rl.measure.ParetoFront;
import io.solera.store.CommittedRound;
import io.solera.train.rollout.SampleColumns;
import io.solera.train.rollout.ScoredSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code samples.jsonl} of a run whose samples are no molecules: the distinct texts of an evaluation with their prompts, an object a
 * line, the front first, each part by its geometric mean of shaped rewards.
 */
public final class BestTexts {
    public static final String FILE = "samples.jsonl";
    private static final int GREATEST = 1000;

    private record Line(ScoredSample sample, boolean front, double geometricMean) {}

    private BestTexts() {}

    /** The file of a round that holds its best samples. */
    public static String fileOf(CommittedRound round) {
        return round.has(FILE) ? FILE : BestMolecules.FILE;
    }

    static String lines(List<ScoredSample> samples, List<String> rewards) {
        Set<List<String>> seen = new HashSet<>();
        List<ScoredSample> distinct = samples.stream()
                .filter(sample -> !Double.isNaN(GeometricMean.of(sample.shaped())))
                .filter(sample -> seen.add(List.of(String.valueOf(sample.prompt()), sample.text())))
                .toList();
        double[][] rows = distinct.stream().map(ScoredSample::shaped).toArray(double[][]::new);
        Set<Integer> front = Arrays.stream(ParetoFront.of(rows)).boxed().collect(Collectors.toSet());
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < distinct.size(); i++) {
            lines.add(new Line(distinct.get(i), front.contains(i), GeometricMean.of(rows[i])));
        }
        lines.sort(Comparator.comparing((Line line) -> !line.front())
                .thenComparing(Comparator.comparingDouble(Line::geometricMean).reversed())
                .thenComparing(line -> line.sample().text()));
        StringBuilder out = new StringBuilder();
        lines.stream()
                .limit(GREATEST)
                .forEach(line -> out.append(json(line, rewards)).append('\n'));
        return out.toString();
    }

    private static JsonObject json(Line line, List<String> rewards) {
        JsonObject json = new JsonObject();
        ScoredSample sample = line.sample();
        if (sample.prompt() != null) {
            json.addProperty("prompt", sample.prompt());
        }
        json.addProperty("text", sample.text());
        json.addProperty("front", line.front());
        json.addProperty("geometric_mean", line.geometricMean());
        for (int i = 0; i < rewards.size(); i++) {
            json.addProperty(SampleColumns.raw(rewards.get(i)), sample.raw()[i]);
            json.addProperty(SampleColumns.shaped(rewards.get(i)), sample.shaped()[i]);
        }
        return json;
    }
}

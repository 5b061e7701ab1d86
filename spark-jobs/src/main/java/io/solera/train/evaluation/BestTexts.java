package io.solera.train.evaluation;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.config.RewardField;
import io.solera.rl.measure.GeometricMean;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RecordJson;
import io.solera.train.rollout.ScoredSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code samples.jsonl} of a run whose samples are not molecules: the distinct texts of an evaluation with their
 * prompts, an object a line, the front first, each part by its geometric mean of shaped rewards.
 */
public final class BestTexts {
    public static final String FILE = "samples.jsonl";

    /** What a line says next to the rewards. */
    private record Line(@Nullable String prompt, String text, boolean front, double geometricMean) {}

    private BestTexts() {}

    /** The file of a round that holds its best samples. */
    public static String fileOf(CommittedRound round) {
        return round.has(FILE) ? FILE : BestMolecules.FILE;
    }

    /** The best samples of a round that was measured, whatever they are. */
    public static List<BestSample> of(CommittedRound round, List<String> rewards) throws IOException {
        String file = fileOf(round);
        String text = round.read(file);
        String location = round.location() + ", " + file;
        return file.equals(FILE) ? read(text, rewards, location) : BestMolecules.read(text, rewards, location);
    }

    static String lines(List<ScoredSample> samples, List<String> rewards, List<String> observe) {
        double[][] rows =
                Measures.trained(samples.stream().map(ScoredSample::shaped).toArray(double[][]::new), rewards, observe);
        Set<List<String>> seen = new HashSet<>();
        List<ScoredSample> distinct = IntStream.range(0, rows.length)
                .filter(i -> !Double.isNaN(GeometricMean.of(rows[i])))
                .mapToObj(samples::get)
                .filter(sample -> seen.add(List.of(String.valueOf(sample.prompt()), sample.text())))
                .toList();
        StringBuilder out = new StringBuilder();
        BestSample.of(distinct, rewards, observe)
                .forEach(best -> out.append(json(best, rewards)).append('\n'));
        return out.toString();
    }

    private static JsonObject json(BestSample best, List<String> rewards) {
        JsonObject json = RecordJson.write(new Line(best.prompt(), best.text(), best.front(), best.geometricMean()));
        for (int i = 0; i < rewards.size(); i++) {
            json.addProperty(RewardField.RAW.of(rewards.get(i)), best.raw()[i]);
            json.addProperty(RewardField.SHAPED.of(rewards.get(i)), best.shaped()[i]);
        }
        return json;
    }

    /** Reads what {@link #lines} writes, of these rewards. */
    static List<BestSample> read(String lines, List<String> rewards, String location) throws IOException {
        List<BestSample> best = new ArrayList<>();
        for (String text : lines.lines().toList()) {
            JsonObject json = DamagedRunException.reading(
                    location, () -> JsonParser.parseString(text).getAsJsonObject());
            Line line = RecordJson.read(json, Line.class, location);
            double[] raw = new double[rewards.size()];
            double[] shaped = new double[rewards.size()];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = RecordJson.number(json, RewardField.RAW.of(rewards.get(i)), location);
                shaped[i] = RecordJson.number(json, RewardField.SHAPED.of(rewards.get(i)), location);
            }
            best.add(new BestSample(line.prompt(), line.text(), line.front(), line.geometricMean(), raw, shaped));
        }
        return best;
    }
}

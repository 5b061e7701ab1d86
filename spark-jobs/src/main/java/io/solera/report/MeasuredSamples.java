package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.config.RewardField;
import io.solera.rl.measure.ParetoFront;
import io.solera.store.CommittedRound;
import io.solera.train.rollout.RewardColumns;
import io.solera.train.rollout.SampleColumns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The samples that a round was measured on.
 *
 * @param every of more than {@link #MAX_READ} samples only each {@code every}th is read
 * @param columns by name, NaN where missing
 * @param missing reasons per reward
 */
record MeasuredSamples(
        int round,
        int every,
        int count,
        List<String> rewards,
        List<String> domains,
        Map<String, double[]> columns,
        Map<String, MissingScores> missing) {
    private static final int MAX_READ = 200_000;
    private static final int MAX_DRAWN = 50_000;
    private static final int DIGITS = 4;

    static MeasuredSamples read(SparkSession session, CommittedRound round, List<String> rewards, int samples) {
        int every = (samples + MAX_READ - 1) / MAX_READ;
        Dataset<Row> table = session.read()
                .option("__globPaths__", "false")
                .parquet(round.path(SampleColumns.EVALUATION).toString());
        List<Row> rows = table.where(functions
                        .pmod(functions.col(SampleColumns.SAMPLE_ID), functions.lit(Math.max(1, every)))
                        .equalTo(0))
                .orderBy(SampleColumns.SAMPLE_ID)
                .collectAsList();
        List<String> domains = rewards.stream()
                .filter(reward -> Arrays.asList(table.columns()).contains(RewardField.DOMAIN.of(reward)))
                .toList();
        return of(round.round(), every, rows, rewards, domains);
    }

    static MeasuredSamples of(int round, int every, List<Row> rows, List<String> rewards, List<String> domains) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        Map<String, MissingScores> missing = new LinkedHashMap<>();
        for (String reward : rewards) {
            columns.put(RewardField.RAW.of(reward), column(rows, RewardField.RAW.of(reward)));
            columns.put(RewardField.SHAPED.of(reward), column(rows, RewardField.SHAPED.of(reward)));
            missing.put(reward, MissingScores.of(rows, reward));
        }
        domains.forEach(
                reward -> columns.put(RewardField.DOMAIN.of(reward), column(rows, RewardField.DOMAIN.of(reward))));
        return new MeasuredSamples(round, every, rows.size(), rewards, domains, columns, missing);
    }

    double[] raw(String reward) {
        return columns.getOrDefault(RewardField.RAW.of(reward), new double[0]);
    }

    JsonObject json() {
        int[] drawn = drawn();
        JsonObject json = new JsonObject();
        json.addProperty("round", round);
        json.addProperty("every", every);
        json.addProperty("count", count);
        json.addProperty("drawn", drawn.length);
        JsonObject shaped = new JsonObject();
        JsonObject raw = new JsonObject();
        JsonObject near = new JsonObject();
        for (String reward : rewards) {
            shaped.add(reward, points(RewardField.SHAPED.of(reward), drawn));
        }
        for (String reward : domains) {
            raw.add(reward, points(RewardField.RAW.of(reward), drawn));
            near.add(reward, points(RewardField.DOMAIN.of(reward), drawn));
        }
        json.add("shaped", shaped);
        json.add("raw", raw);
        json.add("domain", near);
        JsonObject reasons = new JsonObject();
        missing.forEach((reward, scores) -> reasons.add(reward, scores.json()));
        json.add("missing", reasons);
        return json;
    }

    /** The places of the points of a page: the whole front, and of many samples evenly spaced ones. */
    private int[] drawn() {
        int step = (count + MAX_DRAWN - 1) / MAX_DRAWN;
        if (step <= 1) {
            return IntStream.range(0, count).toArray();
        }
        double[][] rows = new double[count][rewards.size()];
        for (int k = 0; k < rewards.size(); k++) {
            double[] column = columns.getOrDefault(RewardField.SHAPED.of(rewards.get(k)), new double[count]);
            for (int i = 0; i < count; i++) {
                rows[i][k] = column[i];
            }
        }
        Set<Integer> places = new TreeSet<>();
        Arrays.stream(ParetoFront.of(rows)).forEach(places::add);
        for (int i = 0; i < count; i += step) {
            places.add(i);
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private JsonArray points(String column, int[] places) {
        double[] values = columns.getOrDefault(column, new double[count]);
        return ShortNumbers.array(
                Arrays.stream(places).mapToDouble(place -> values[place]).toArray(), DIGITS);
    }

    private static double[] column(List<Row> rows, String name) {
        return rows.stream().mapToDouble(row -> RewardColumns.number(row, name)).toArray();
    }
}

package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.config.RewardField;
import io.solera.rl.measure.ParetoFront;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.parquet.ParquetRow;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The samples that a round was measured on.
 *
 * @param every of more than {@link #MAX_READ} samples only each {@code every}th is read
 * @param columns by name, NaN where missing
 * @param missing reasons per reward
 * @param residues of samples that are proteins; null for others
 */
record MeasuredSamples(
        int round,
        int every,
        int count,
        List<String> rewards,
        List<String> domains,
        Map<String, double[]> columns,
        Map<String, MissingScores> missing,
        @Nullable Residues residues) {
    private static final int MAX_READ = 200_000;
    private static final int MAX_DRAWN = 50_000;
    private static final int DIGITS = 4;

    /** A row: per reward its raw and its shaped value, then its domain; NaN where missing. */
    private record Sample(long id, String text, List<String> status, double[] values) {}

    static MeasuredSamples read(
            Configuration configuration, CommittedRound round, List<String> rewards, int samples, boolean proteins)
            throws IOException {
        int every = Math.max(1, (samples + MAX_READ - 1) / MAX_READ);
        Path table = round.path(SampleColumns.EVALUATION);
        List<String> domains = new ArrayList<>();
        List<Sample> rows = new ArrayList<>();
        DamagedRunException.reading(round.location() + ", " + SampleColumns.EVALUATION, () -> {
            ParquetRow.each(table, configuration, row -> {
                if (rows.isEmpty()) {
                    rewards.stream()
                            .filter(reward -> row.has(RewardField.DOMAIN.of(reward)))
                            .forEach(domains::add);
                }
                if (Math.floorMod(row.whole(SampleColumns.SAMPLE_ID), every) == 0) {
                    rows.add(sample(row, rewards, domains));
                }
            });
            return rows;
        });
        rows.sort(Comparator.comparingLong(Sample::id));
        return of(round.round(), every, rows, rewards, domains, proteins);
    }

    private static Sample sample(ParquetRow row, List<String> rewards, List<String> domains) {
        double[] values = new double[2 * rewards.size() + domains.size()];
        List<String> status = new ArrayList<>();
        int k = 0;
        for (String reward : rewards) {
            values[k++] = row.number(RewardField.RAW.of(reward));
            values[k++] = row.number(RewardField.SHAPED.of(reward));
            status.add(Objects.requireNonNull(row.text(RewardField.STATUS.of(reward)))
                    .intern());
        }
        for (String reward : domains) {
            values[k++] = row.number(RewardField.DOMAIN.of(reward));
        }
        String text = Objects.requireNonNull(row.text(SampleColumns.TEXT));
        return new Sample(row.whole(SampleColumns.SAMPLE_ID), text, status, values);
    }

    private static MeasuredSamples of(
            int round, int every, List<Sample> rows, List<String> rewards, List<String> domains, boolean proteins) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        Map<String, MissingScores> missing = new LinkedHashMap<>();
        int k = 0;
        for (int i = 0; i < rewards.size(); i++) {
            String reward = rewards.get(i);
            int place = i;
            columns.put(RewardField.RAW.of(reward), column(rows, k++));
            columns.put(RewardField.SHAPED.of(reward), column(rows, k++));
            missing.put(reward, MissingScores.of(rows, row -> row.status().get(place), Sample::text));
        }
        for (String reward : domains) {
            columns.put(RewardField.DOMAIN.of(reward), column(rows, k++));
        }
        Residues residues =
                proteins ? Residues.of(rows.stream().map(Sample::text).toList()) : null;
        return new MeasuredSamples(round, every, rows.size(), rewards, domains, columns, missing, residues);
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
        if (residues != null) {
            json.add("residues", residues.json());
        }
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

    private static double[] column(List<Sample> rows, int place) {
        return rows.stream().mapToDouble(row -> row.values()[place]).toArray();
    }
}

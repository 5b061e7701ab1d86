package io.solera.score;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.reward.Status;
import io.solera.table.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The results of a scoring job, and its cost in all of its attempts.
 *
 * @param distinct inputs, each scored once; rows without any input are not counted
 * @param parts number of parts
 */
public record ScoreSummary(long rows, long distinct, int parts, List<RewardSummary> rewards) {
    /** The shares of a reward's values below its quantiles; the first and last are its smallest and largest value. */
    public static final List<Double> SHARES = List.of(0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0);

    private static final int ACCURACY = 10_000;
    private static final Status[] STATUSES = Status.values();

    /**
     * One reward.
     *
     * @param missing rows by reason, without empty reasons
     * @param mean of the existing values, NaN if none
     * @param quantiles by {@link #SHARES}, within one in 10,000 of the rank; empty without values
     * @param coreSeconds of computation
     */
    public record RewardSummary(
            RewardColumn column,
            long ok,
            Map<Status, Long> missing,
            double mean,
            List<Double> quantiles,
            double coreSeconds) {}

    /** @param scored all rows, read once */
    static ScoreSummary of(Dataset<Row> scored, List<RewardColumn> columns, List<PartTally> tallies) {
        List<Column> wanted = new ArrayList<>();
        for (RewardColumn column : columns) {
            Column value = scored.col(Tables.quoted(column.name()));
            Column status = scored.col(Tables.quoted(column.status()));
            for (Status each : STATUSES) {
                wanted.add(functions.count(functions.when(status.equalTo(each.text()), 1)));
            }
            wanted.add(functions.avg(value));
            wanted.add(functions.percentile_approx(
                    value,
                    functions.array(SHARES.stream().map(functions::lit).toArray(Column[]::new)),
                    functions.lit(ACCURACY)));
        }
        Row row = scored.agg(wanted.get(0), wanted.subList(1, wanted.size()).toArray(Column[]::new))
                .head();
        List<RewardSummary> rewards = new ArrayList<>();
        for (int r = 0; r < columns.size(); r++) {
            rewards.add(reward(columns.get(r), row, r, tallies));
        }
        return new ScoreSummary(
                tallies.stream().mapToLong(PartTally::rows).sum(),
                tallies.stream().mapToLong(PartTally::distinct).sum(),
                tallies.size(),
                rewards);
    }

    private static RewardSummary reward(RewardColumn column, Row row, int place, List<PartTally> tallies) {
        int first = place * (STATUSES.length + 2);
        Map<Status, Long> counts = new LinkedHashMap<>();
        for (int k = 0; k < STATUSES.length; k++) {
            if (row.getLong(first + k) > 0) {
                counts.put(STATUSES[k], row.getLong(first + k));
            }
        }
        Long ok = counts.remove(Status.OK);
        int mean = first + STATUSES.length;
        return new RewardSummary(
                column,
                ok == null ? 0 : ok,
                counts,
                row.isNullAt(mean) ? Double.NaN : row.getDouble(mean),
                row.isNullAt(mean + 1) ? List.of() : List.copyOf(row.<Double>getList(mean + 1)),
                1e-9
                        * tallies.stream()
                                .mapToLong(tally -> tally.nanos().get(place))
                                .sum());
    }

    /** Microseconds of one core per distinct input, NaN without any. */
    public double micros(RewardSummary reward) {
        return distinct == 0 ? Double.NaN : 1e6 * reward.coreSeconds / distinct;
    }

    /** As a line of JSON; missing numbers are omitted. */
    String json() {
        JsonArray lines = new JsonArray();
        for (RewardSummary reward : rewards) {
            JsonObject line = new JsonObject();
            line.addProperty("reward", reward.column().name());
            line.addProperty("call", reward.column().call());
            line.addProperty("version", reward.column().version());
            line.addProperty("ok", reward.ok());
            JsonObject missing = new JsonObject();
            reward.missing().forEach((status, count) -> missing.addProperty(status.text(), count));
            line.add("missing", missing);
            addFinite(line, "mean", reward.mean());
            JsonObject quantiles = new JsonObject();
            for (int k = 0; k < reward.quantiles().size(); k++) {
                addFinite(
                        quantiles,
                        String.valueOf(SHARES.get(k)),
                        reward.quantiles().get(k));
            }
            line.add("quantiles", quantiles);
            line.addProperty("core_seconds", reward.coreSeconds());
            addFinite(line, "micros_per_distinct", micros(reward));
            lines.add(line);
        }
        JsonObject json = new JsonObject();
        json.addProperty("rows", rows);
        json.addProperty("distinct", distinct);
        json.addProperty("parts", parts);
        json.add("rewards", lines);
        return json + "\n";
    }

    /** JSON has no infinities. */
    private static void addFinite(JsonObject json, String key, double value) {
        if (Double.isFinite(value)) {
            json.addProperty(key, value);
        }
    }
}

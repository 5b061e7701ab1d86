package io.solera.score;

import io.solera.reward.Status;
import io.solera.table.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What a scoring job found, and what it cost in all of its attempts.
 *
 * @param distinct inputs, each scored once; rows without any input are not among them
 * @param parts the rows were cut into
 */
public record ScoreSummary(long rows, long distinct, int parts, List<RewardSummary> rewards) {
    /** The shares of a reward's values that lie below its quantiles; the first and last are its smallest and largest value. */
    public static final List<Double> SHARES = List.of(0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0);

    private static final int ACCURACY = 10_000;
    private static final Status[] STATUSES = Status.values();
    private static final StructType REWARD = new StructType()
            .add("reward", DataTypes.StringType)
            .add("call", DataTypes.StringType)
            .add("version", DataTypes.IntegerType)
            .add("ok", DataTypes.LongType)
            .add("missing", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType))
            .add("mean", DataTypes.DoubleType)
            .add("quantiles", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType))
            .add("core_seconds", DataTypes.DoubleType)
            .add("micros_per_distinct", DataTypes.DoubleType);
    private static final StructType JSON = new StructType()
            .add("rows", DataTypes.LongType)
            .add("distinct", DataTypes.LongType)
            .add("parts", DataTypes.IntegerType)
            .add("rewards", DataTypes.createArrayType(REWARD));

    /**
     * One reward.
     *
     * @param missing rows by reason, reasons without rows left out
     * @param mean of the values that there are, NaN without any
     * @param quantiles by {@link #SHARES}, within one in 10,000 of the rank; none without values
     * @param coreSeconds it ran
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

    /** As a line of JSON; what there is not is left out. */
    String json(Dataset<Row> scored) {
        List<Row> lines = new ArrayList<>();
        for (RewardSummary reward : rewards) {
            Map<String, Long> missing = new LinkedHashMap<>();
            reward.missing().forEach((status, count) -> missing.put(status.text(), count));
            Map<String, Double> quantiles = new LinkedHashMap<>();
            for (int k = 0; k < reward.quantiles().size(); k++) {
                quantiles.put(String.valueOf(SHARES.get(k)), reward.quantiles().get(k));
            }
            lines.add(RowFactory.create(
                    reward.column().name(),
                    reward.column().call(),
                    reward.column().version(),
                    reward.ok(),
                    missing,
                    orNull(reward.mean()),
                    quantiles,
                    reward.coreSeconds(),
                    orNull(micros(reward))));
        }
        Row all = RowFactory.create(rows, distinct, parts, lines);
        return scored.sparkSession()
                        .createDataFrame(List.of(all), JSON)
                        .toJSON()
                        .head() + "\n";
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}

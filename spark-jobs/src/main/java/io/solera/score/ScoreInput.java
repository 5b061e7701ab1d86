package io.solera.score;

import io.solera.cluster.Slots;
import io.solera.problem.RequestException;
import io.solera.table.TableName;
import io.solera.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A table to score, checked against the rewards.
 *
 * @param spark a separate session, in which files are split in the same way on every cluster
 * @param rewards at least one
 */
public record ScoreInput(SparkSession spark, TableName name, Dataset<Row> table, List<RewardColumn> rewards) {
    private static final double COUNTED_WITHIN = 0.02;

    /**
     * The result of one pass over the table.
     *
     * @param distinct approximate number of distinct inputs
     * @param absent rows without any input
     */
    public record Survey(long rows, long distinct, long absent) {}

    /**
     * @throws io.solera.table.file.EmptyTableException if it has no columns
     * @throws IllegalArgumentException if it lacks a column that a reward reads, or has one that would be added
     */
    public static ScoreInput of(SparkSession session, TableName name, List<RewardColumn> rewards) throws IOException {
        SparkSession spark = session.newSession();
        spark.conf().set("spark.sql.files.minPartitionNum", "1");
        spark.conf().set("spark.sql.files.maxPartitionBytes", "128m");
        spark.conf()
                .set(
                        "spark.sql.shuffle.partitions",
                        String.valueOf(Slots.of(spark.sparkContext()).spread()));
        Dataset<Row> table = Tables.read(spark, name);
        if (table.columns().length == 0) {
            throw Tables.empty(name.text());
        }
        LocalQueries.suit(table);
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        List<String> columns = Arrays.asList(table.columns());
        ScoreInput input = new ScoreInput(
                spark,
                name,
                table,
                rewards.stream().map(reward -> reward.over(columns)).toList());
        input.inputs().forEach(column -> Tables.place(table, name.text(), column));
        input.requireNew();
        return input;
    }

    /** The columns that rewards read: the key of a row. */
    List<String> inputs() {
        return RewardColumn.inputs(rewards);
    }

    List<Column> inputColumns() {
        return inputs().stream().map(name -> table.col(Tables.quoted(name))).toList();
    }

    /** The columns of the result. */
    StructType schema() {
        StructType schema = table.schema();
        for (RewardColumn reward : rewards) {
            schema = schema.add(reward.name(), DataTypes.DoubleType, true)
                    .add(reward.status(), DataTypes.StringType, false);
        }
        return schema;
    }

    /** @throws io.solera.table.file.EmptyTableException if it has no rows */
    public Survey survey() {
        Column[] read = inputColumns().toArray(Column[]::new);
        Row row = table.agg(
                        functions.count(functions.lit(1)),
                        functions.approx_count_distinct(
                                read.length == 1 ? read[0] : functions.struct(read), COUNTED_WITHIN),
                        functions.count(functions.coalesce(read)))
                .head();
        if (row.getLong(0) == 0) {
            throw Tables.empty(name.text());
        }
        return new Survey(row.getLong(0), Math.max(1, row.getLong(1)), row.getLong(0) - row.getLong(2));
    }

    private void requireNew() {
        List<String> added = new ArrayList<>();
        rewards.forEach(reward -> added.addAll(List.of(reward.name(), reward.status())));
        for (String own : ScoredRows.OWN) {
            Optional<String> clash = named(own, Stream.concat(Arrays.stream(table.columns()), added.stream()));
            if (clash.isPresent()) {
                throw new RequestException(("Cannot score %s: a column would be called %s,"
                                + " as one that rows have while they are scored (rename it)")
                        .formatted(name, clash.get()));
            }
        }
        for (String column : added) {
            Optional<String> clash = named(column, Arrays.stream(table.columns()));
            if (clash.isPresent()) {
                throw new RequestException(
                        "Cannot score %s: it has a column %s already (rename the new ones with --prefix)"
                                .formatted(name, clash.get()));
            }
        }
    }

    private static Optional<String> named(String name, Stream<String> columns) {
        return columns.filter(column -> column.equalsIgnoreCase(name)).findFirst();
    }
}

package io.solera.score;

import io.solera.reward.Score;
import io.solera.train.RewardSet;
import io.solera.train.RowBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Adds to a table, per reward, its raw value and its status, and keeps the order of the rows. */
public final class TableScoring {
    private static final int BATCH = 256;
    private static final int TASKS_PER_CORE = 4;
    private static final int ROWS_PER_TASK = 100_000;
    private static final String ORDER = "solera_row_order";

    private final SparkSession spark;
    private final RewardSet rewards;
    private final String prefix;

    /** @param prefix before the names of the new columns */
    public TableScoring(SparkSession spark, RewardSet rewards, String prefix) {
        this.spark = spark;
        this.rewards = rewards;
        this.prefix = prefix;
    }

    public List<String> columns() {
        return rewards.names().stream().map(prefix::concat).toList();
    }

    static String status(String column) {
        return column + "_status";
    }

    /**
     * The table with its scores; they are computed when it is used.
     *
     * @param path of the table, for messages
     * @throws io.solera.train.EmptyTableException when it has no rows
     * @throws IllegalArgumentException when it lacks the column, or has one that would be added
     */
    public Dataset<Row> score(Dataset<Row> table, String path, String column) {
        if (table.columns().length == 0) {
            throw Tables.empty(path);
        }
        int place = Tables.place(table, path, column);
        StructType schema = schema(table, path);
        long rows = table.count();
        if (rows == 0) {
            throw Tables.empty(path);
        }
        Broadcast<RewardSet> set =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(rewards);
        return spread(table, rows)
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>)
                                part -> new RowBatches(part, BATCH, batch -> scored(batch, set.value(), place)),
                        Encoders.row(schema));
    }

    private StructType schema(Dataset<Row> table, String path) {
        StructType schema = table.schema();
        for (String name : columns()) {
            for (String added : new String[] {name, status(name)}) {
                Optional<String> clash = Arrays.stream(table.columns())
                        .filter(known -> known.equalsIgnoreCase(added))
                        .findFirst();
                if (clash.isPresent()) {
                    throw new IllegalArgumentException(
                            "Cannot score %s: it has a column %s already (name the new ones otherwise with --prefix)"
                                    .formatted(path, clash.get()));
                }
            }
            schema = schema.add(name, DataTypes.DoubleType, true).add(status(name), DataTypes.StringType, false);
        }
        return schema;
    }

    /** A file that cannot be split, or is small, comes as one partition: here it is cut into runs of rows for all cores. */
    private Dataset<Row> spread(Dataset<Row> table, long rows) {
        int cores = spark.sparkContext().defaultParallelism();
        if (table.javaRDD().getNumPartitions() >= Math.min(rows, 2L * cores)) {
            return table;
        }
        long tasks = Math.min(rows, Math.max((long) TASKS_PER_CORE * cores, rows / ROWS_PER_TASK));
        return table.withColumn(ORDER, functions.monotonically_increasing_id())
                .repartitionByRange(Math.toIntExact(tasks), functions.col(ORDER))
                .sortWithinPartitions(ORDER)
                .drop(ORDER);
    }

    private static List<Row> scored(List<Row> batch, RewardSet rewards, int place) {
        List<@Nullable String> texts = new ArrayList<>();
        batch.forEach(row -> texts.add(row.isNullAt(place) ? null : row.getString(place)));
        List<List<Score>> scores = rewards.score(texts);
        List<Row> result = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Row row = batch.get(i);
            @Nullable Object[] cells = new Object[row.size() + 2 * scores.size()];
            for (int k = 0; k < row.size(); k++) {
                cells[k] = row.get(k);
            }
            for (int k = 0; k < scores.size(); k++) {
                Score score = scores.get(k).get(i);
                cells[row.size() + 2 * k] = score.present() ? score.value() : null;
                cells[row.size() + 2 * k + 1] = score.status().text();
            }
            result.add(RowFactory.create(cells));
        }
        return result;
    }
}

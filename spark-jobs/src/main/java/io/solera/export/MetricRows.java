package io.solera.export;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.train.history.RoundRecord;
import io.solera.train.history.StepKeys;
import io.solera.train.rollout.SampleColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@code metrics.jsonl}, a row for each number and text in them, so that jobs with different rewards have
 * the same columns. A key within a key is called {@code a.b}, the first of a list {@code a[0]}; what has no value has
 * no row.
 */
record MetricRows() implements RoundRows {
    private static final StructType SCHEMA = new StructType()
            .add(SampleColumns.ROUND, DataTypes.IntegerType)
            .add(SampleColumns.LEARNER, DataTypes.StringType)
            .add(SampleColumns.STEP, DataTypes.IntegerType)
            .add("metric", DataTypes.StringType)
            .add("value", DataTypes.DoubleType)
            .add("text", DataTypes.StringType);

    @Override
    public String what() {
        return "metrics";
    }

    @Override
    public StructType schema() {
        return SCHEMA;
    }

    @Override
    public boolean has(CommittedRound round) {
        return true;
    }

    @Override
    public Dataset<Row> of(SparkSession spark, List<CommittedRound> rounds) throws DamagedRunException {
        List<Row> rows = new ArrayList<>();
        for (CommittedRound round : rounds) {
            for (JsonObject line : RoundRecord.of(round).lines()) {
                line.remove(SampleColumns.ROUND);
                JsonElement learner = line.remove(StepKeys.LEARNER);
                JsonElement step = line.remove(StepKeys.STEP);
                new Line(
                                round.round(),
                                learner == null ? null : learner.getAsString(),
                                step == null ? null : step.getAsInt(),
                                rows)
                        .add("", line);
            }
        }
        return spark.createDataFrame(rows, SCHEMA);
    }

    /** A line that is taken apart. */
    private record Line(
            int round, @Nullable String learner, @Nullable Integer step, List<Row> rows) {
        void add(String name, JsonElement value) {
            if (value instanceof JsonObject object) {
                object.entrySet()
                        .forEach(entry ->
                                add(name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), entry.getValue()));
            } else if (value instanceof JsonArray list) {
                for (int k = 0; k < list.size(); k++) {
                    add(name + "[" + k + "]", list.get(k));
                }
            } else if (value instanceof JsonPrimitive single) {
                Double number = single.isNumber()
                        ? Double.valueOf(single.getAsDouble())
                        : single.isBoolean() ? Double.valueOf(single.getAsBoolean() ? 1 : 0) : null;
                rows.add(RowFactory.create(
                        round, learner, step, name, number, number == null ? single.getAsString() : null));
            }
        }
    }
}

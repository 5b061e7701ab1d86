package io.solera.train.rollout;

import io.solera.config.RewardField;
import io.solera.reward.Score;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * What a reward says of a sample, and the columns of a table that hold it: the only place that knows their order.
 *
 * @param raw in the reward's unit; NaN where missing
 * @param shaped on [0, 1]; NaN where missing
 * @param status {@code ok}, or why the value is missing
 * @param seconds that scoring took
 */
public record RewardColumns(double raw, double shaped, String status, float seconds) implements Serializable {
    /** Of a reward that the stage does not train on, and that is not asked. */
    static final RewardColumns NOT_IN_STAGE = new RewardColumns(Double.NaN, Double.NaN, SampleColumns.NOT_IN_STAGE, 0);

    static RewardColumns of(Score score, double shaped, float seconds) {
        return new RewardColumns(
                score.present() ? score.value() : Double.NaN,
                shaped,
                score.status().text(),
                seconds);
    }

    /** The columns of a rollout. */
    static List<StructField> scored(String reward) {
        return List.of(
                SampleColumns.optional(RewardField.RAW.of(reward)),
                SampleColumns.optional(RewardField.SHAPED.of(reward)),
                SampleColumns.field(RewardField.STATUS.of(reward), DataTypes.StringType),
                SampleColumns.field(RewardField.SECONDS.of(reward), DataTypes.FloatType));
    }

    void addScored(List<@Nullable Object> cells) {
        addEvaluated(cells);
        cells.add(seconds);
    }

    /** The columns of an evaluation. */
    static List<StructField> evaluated(String reward) {
        return scored(reward).subList(0, 3);
    }

    void addEvaluated(List<@Nullable Object> cells) {
        cells.add(orNull(raw));
        cells.add(orNull(shaped));
        cells.add(status);
    }

    /** A number of a column in which it may be missing; NaN where it is. */
    public static double number(Row row, String column) {
        int index = row.fieldIndex(column);
        return row.isNullAt(index) ? Double.NaN : row.getDouble(index);
    }

    static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}

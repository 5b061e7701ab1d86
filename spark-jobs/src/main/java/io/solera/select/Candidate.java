package io.solera.select;

import io.solera.rl.measure.GeometricMean;
import io.solera.train.rollout.SampleColumns;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A sample that may be chosen.
 *
 * @param prompt null where there are no prompts
 * @param step null of a sample that a round was measured on
 * @param raw per reward, in its unit; NaN where missing
 * @param shaped per reward, on [0, 1]; NaN where missing
 */
record Candidate(
        String text,
        @Nullable String prompt,
        int round,
        String expert,
        @Nullable Integer step,
        double[] raw,
        double[] shaped) {
    static Candidate of(Row row, List<String> rewards) {
        double[] raw = new double[rewards.size()];
        double[] shaped = new double[rewards.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = number(row, SampleColumns.raw(rewards.get(i)));
            shaped[i] = number(row, SampleColumns.shaped(rewards.get(i)));
        }
        int step = row.getAs(SampleColumns.STEP);
        return new Candidate(
                row.getAs(SampleColumns.TEXT),
                row.getAs(SampleColumns.PROMPT),
                row.getAs(SampleColumns.ROUND),
                row.getAs(SampleColumns.LEARNER),
                step == Integer.MAX_VALUE ? null : step,
                raw,
                shaped);
    }

    /** The geometric mean of its shaped rewards, by which lists are ordered. */
    double score() {
        return GeometricMean.of(shaped);
    }

    private static double number(Row row, String column) {
        int index = row.fieldIndex(column);
        return row.isNullAt(index) ? Double.NaN : row.getDouble(index);
    }
}

package io.solera.train.rollout;

import io.solera.model.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * A row of a scored rollout.
 *
 * @param prompt that the text completes; null without prompts
 * @param logProbabilities of the sequence's tokens, as they were when it was drawn
 * @param raw per reward, in its unit; NaN where missing
 * @param shaped per reward, on [0, 1]; NaN where missing
 * @param status per reward: {@code ok}, or why its value is missing
 * @param seconds of generation, then of each reward
 */
public record ScoredSample(
        String learner,
        int step,
        long id,
        @Nullable String prompt,
        String text,
        Sequence sequence,
        float[] logProbabilities,
        boolean ended,
        double[] raw,
        double[] shaped,
        List<String> status,
        double[] seconds)
        implements Serializable {
    public static ScoredSample of(Row row, List<String> rewards) {
        return of(
                row.getAs(SampleColumns.LEARNER),
                row.<Integer>getAs(SampleColumns.STEP),
                row.<Long>getAs(SampleColumns.SAMPLE_ID),
                row.getAs(SampleColumns.PROMPT),
                row.getAs(SampleColumns.TEXT),
                new Sequence(ids(row, SampleColumns.PROMPT_TOKENS), ids(row, SampleColumns.TOKENS)),
                numbers(row, SampleColumns.LOG_PROBABILITIES),
                row.<Boolean>getAs(SampleColumns.ENDED),
                row.<Float>getAs(SampleColumns.SECONDS),
                rewards.stream().map(name -> RewardColumns.of(row, name)).toList());
    }

    static ScoredSample of(
            String learner,
            int step,
            long id,
            @Nullable String prompt,
            String text,
            Sequence sequence,
            float[] logProbabilities,
            boolean ended,
            float generationSeconds,
            List<RewardColumns> rewards) {
        double[] seconds = new double[1 + rewards.size()];
        seconds[0] = generationSeconds;
        for (int i = 0; i < rewards.size(); i++) {
            seconds[1 + i] = rewards.get(i).seconds();
        }
        return new ScoredSample(
                learner,
                step,
                id,
                prompt,
                text,
                sequence,
                logProbabilities,
                ended,
                rewards.stream().mapToDouble(RewardColumns::raw).toArray(),
                rewards.stream().mapToDouble(RewardColumns::shaped).toArray(),
                rewards.stream().map(RewardColumns::status).toList(),
                seconds);
    }

    /** What the sample is worth when its shaped rewards are multiplied with {@code factor}. */
    public Experience experience(double factor) {
        return new Experience(
                sequence, Arrays.stream(shaped).map(value -> factor * value).toArray());
    }

    /** The sample as a row of {@link SampleColumns#evaluated}. */
    public Row evaluated(List<Double> more) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(id);
        cells.add(prompt);
        cells.add(text);
        for (int i = 0; i < raw.length; i++) {
            new RewardColumns(raw[i], shaped[i], status.get(i), (float) seconds[1 + i]).addEvaluated(cells);
        }
        for (double value : more) {
            cells.add(RewardColumns.orNull(value));
        }
        return RowFactory.create(cells.toArray());
    }

    private static float[] numbers(Row row, String column) {
        List<Float> numbers = row.getList(row.fieldIndex(column));
        float[] values = new float[numbers.size()];
        for (int t = 0; t < values.length; t++) {
            values[t] = numbers.get(t);
        }
        return values;
    }

    private static int[] ids(Row row, String column) {
        List<Integer> ids = row.getList(row.fieldIndex(column));
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}

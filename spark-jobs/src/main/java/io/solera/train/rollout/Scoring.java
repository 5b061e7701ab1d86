package io.solera.train.rollout;

import io.solera.reward.Score;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Adds to a rollout, per reward, its raw value, its shaped value, its status and its time; batch by batch, in place. */
public final class Scoring {
    private final Broadcast<RewardSet> rewards;
    private final Broadcast<Prompts> prompts;
    private final int batchSize;
    private final List<String> used;

    public Scoring(Broadcast<RewardSet> rewards, Broadcast<Prompts> prompts, int batchSize) {
        this(rewards, prompts, batchSize, rewards.value().names());
    }

    /** @param used names of the rewards that are asked; the others are missing as {@link SampleColumns#NOT_IN_STAGE} */
    public Scoring(Broadcast<RewardSet> rewards, Broadcast<Prompts> prompts, int batchSize, List<String> used) {
        this.rewards = rewards;
        this.prompts = prompts;
        this.batchSize = batchSize;
        this.used = List.copyOf(used);
    }

    public Dataset<Row> score(Dataset<Row> rollout) {
        Broadcast<RewardSet> set = rewards;
        Broadcast<Prompts> asked = prompts;
        int size = batchSize;
        List<String> names = used;
        return rollout.mapPartitions(
                (MapPartitionsFunction<Row, Row>)
                        rows -> new RowBatches(rows, size, batch -> scored(batch, set.value(), asked.value(), names)),
                Encoders.row(SampleColumns.scored(set.value().names())));
    }

    private static List<Row> scored(List<Row> batch, RewardSet rewards, Prompts prompts, List<String> used) {
        List<@Nullable String> texts = new ArrayList<>();
        batch.forEach(row -> texts.add(row.getAs(SampleColumns.TEXT)));
        List<Prompt> answered = batch.stream()
                .map(row -> prompts.all().get(row.<Integer>getAs(SampleColumns.PROMPT_ID)))
                .toList();
        int width = SampleColumns.ROLLOUT.size();
        List<@Nullable Object[]> values = new ArrayList<>();
        for (Row row : batch) {
            @Nullable Object[] cells = new Object[width + 4 * rewards.size()];
            for (int k = 0; k < width; k++) {
                cells[k] = row.get(k);
            }
            values.add(cells);
        }
        int column = width;
        for (RewardSet.Line line : rewards.lines()) {
            if (!used.contains(line.name())) {
                for (@Nullable Object[] cells : values) {
                    cells[column + 2] = SampleColumns.NOT_IN_STAGE;
                    cells[column + 3] = 0f;
                }
                column += 4;
                continue;
            }
            long begun = System.nanoTime();
            List<Score> scores = line.score(texts, answered);
            float seconds = (float) ((System.nanoTime() - begun) / 1e9 / batch.size());
            for (int i = 0; i < scores.size(); i++) {
                double shaped = line.shaped(scores.get(i));
                values.get(i)[column] = scores.get(i).present() ? scores.get(i).value() : null;
                values.get(i)[column + 1] = Double.isNaN(shaped) ? null : shaped;
                values.get(i)[column + 2] = scores.get(i).status().text();
                values.get(i)[column + 3] = seconds;
            }
            column += 4;
        }
        return values.stream().map(RowFactory::create).toList();
    }
}

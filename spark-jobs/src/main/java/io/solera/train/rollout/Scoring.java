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

/**
 * Adds to a rollout, per reward, its raw value, its shaped value, its status and its time; batch by batch, in place.
 */
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
        List<List<RewardColumns>> columns = columns(texts, answered, rewards, used);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int k = 0; k < SampleColumns.ROLLOUT.size(); k++) {
                cells.add(batch.get(i).get(k));
            }
            columns.get(i).forEach(reward -> reward.addScored(cells));
            rows.add(RowFactory.create(cells.toArray()));
        }
        return rows;
    }

    /**
     * What the rewards say of a batch of samples, [sample][reward].
     *
     * @param answered the prompt of each
     * @param used names of the rewards that are asked
     */
    public static List<List<RewardColumns>> columns(
            List<@Nullable String> texts, List<Prompt> answered, RewardSet rewards, List<String> used) {
        List<List<RewardColumns>> columns = new ArrayList<>();
        texts.forEach(text -> columns.add(new ArrayList<>()));
        for (TrainingReward reward : rewards.lines()) {
            if (!used.contains(reward.name())) {
                columns.forEach(sample -> sample.add(RewardColumns.NOT_IN_STAGE));
                continue;
            }
            long begun = System.nanoTime();
            List<Score> scores = reward.score(texts, answered);
            float seconds = (float) ((System.nanoTime() - begun) / 1e9 / texts.size());
            for (int i = 0; i < scores.size(); i++) {
                Score score = scores.get(i);
                columns.get(i).add(RewardColumns.of(score, reward.shaped(score), seconds));
            }
        }
        return columns;
    }
}

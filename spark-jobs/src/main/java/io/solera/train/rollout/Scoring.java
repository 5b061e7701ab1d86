package io.solera.train.rollout;

import io.solera.cluster.ScoringSlots;
import io.solera.cluster.Slots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
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
        MapPartitionsFunction<Row, Row> function =
                rows -> new RowBatches(rows, size, batch -> scored(batch, set.value(), asked.value(), names));
        StructType schema = SampleColumns.scored(set.value().names());
        SparkContext spark = rollout.sparkSession().sparkContext();
        Optional<ResourceProfile> profile = ScoringSlots.profile(spark);
        if (profile.isEmpty()) {
            return rollout.mapPartitions(function, Encoders.row(schema));
        }
        // a stage with slots of another kind, to which the samples go
        JavaRDD<Row> scored = rollout.javaRDD()
                .repartition(Slots.of(spark).spread())
                .mapPartitions(rows -> function.call(inOrder(rows)))
                .withResources(profile.get());
        return rollout.sparkSession().createDataFrame(scored, schema);
    }

    /** Samples come from other executors in any order. */
    private static Iterator<Row> inOrder(Iterator<Row> rows) {
        List<Row> all = new ArrayList<>();
        rows.forEachRemaining(all::add);
        all.sort(Comparator.comparing((Row row) -> row.<String>getAs(SampleColumns.LEARNER))
                .thenComparing(row -> row.<Long>getAs(SampleColumns.SAMPLE_ID)));
        return all.iterator();
    }

    private static List<Row> scored(List<Row> batch, RewardSet rewards, Prompts prompts, List<String> used) {
        List<DrawnSample> samples =
                batch.stream().map(row -> sample(row, prompts)).toList();
        List<List<RewardColumns>> scores = rewards.score(samples, used);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int k = 0; k < SampleColumns.ROLLOUT.size(); k++) {
                cells.add(batch.get(i).get(k));
            }
            for (List<RewardColumns> reward : scores) {
                reward.get(i).addScored(cells);
            }
            rows.add(RowFactory.create(cells.toArray()));
        }
        return rows;
    }

    private static DrawnSample sample(Row row, Prompts prompts) {
        List<Integer> tokens = row.getList(row.fieldIndex(SampleColumns.TOKENS));
        return new DrawnSample(
                row.getAs(SampleColumns.TEXT),
                prompts.all().get(row.<Integer>getAs(SampleColumns.PROMPT_ID)),
                tokens.stream().mapToInt(Integer::intValue).toArray(),
                row.getAs(SampleColumns.ENDED));
    }
}

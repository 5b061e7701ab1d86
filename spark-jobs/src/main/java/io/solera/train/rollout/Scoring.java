package io.solera.train.rollout;

import io.solera.cluster.ScoringSlots;
import io.solera.cluster.Slots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceProfile;

/** Scores the samples of a rollout, each micro-batch where it was drawn, or on slots that are for scoring. */
public final class Scoring {
    private final Broadcast<RewardSet> rewards;
    private final int batchSize;
    private final List<String> used;

    public Scoring(Broadcast<RewardSet> rewards, int batchSize) {
        this(rewards, batchSize, rewards.value().names());
    }

    /** @param used names of the rewards that are asked; the others are missing as {@link SampleColumns#NOT_IN_STAGE} */
    public Scoring(Broadcast<RewardSet> rewards, int batchSize, List<String> used) {
        this.rewards = rewards;
        this.batchSize = batchSize;
        this.used = List.copyOf(used);
    }

    /** @param rollout by micro-batch */
    public JavaRDD<ScoredSample> score(JavaRDD<List<RolloutSample>> rollout) {
        Broadcast<RewardSet> set = rewards;
        List<String> names = used;
        SparkContext spark = rollout.context();
        Optional<ResourceProfile> profile = ScoringSlots.profile(spark);
        if (profile.isEmpty()) {
            return rollout.flatMap(
                    batch -> ScoredSample.of(batch, set.value(), names).iterator());
        }
        // a stage with slots of another kind, to which the samples go
        int size = batchSize;
        return rollout.flatMap(List::iterator)
                .repartition(Slots.of(spark).spread())
                .mapPartitions(samples -> batches(samples, size)
                        .flatMap(batch -> ScoredSample.of(batch, set.value(), names).stream())
                        .iterator())
                .withResources(profile.get());
    }

    /** Samples come from other executors in any order. */
    private static Stream<List<RolloutSample>> batches(Iterator<RolloutSample> samples, int size) {
        List<RolloutSample> all = new ArrayList<>();
        samples.forEachRemaining(all::add);
        all.sort(Comparator.comparing(RolloutSample::learner).thenComparing(RolloutSample::id));
        return IntStream.iterate(0, start -> start < all.size(), start -> start + size)
                .mapToObj(start -> all.subList(start, Math.min(all.size(), start + size)));
    }
}

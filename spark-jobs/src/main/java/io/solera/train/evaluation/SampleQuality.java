package io.solera.train.evaluation;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Described;
import io.solera.cluster.Slots;
import io.solera.model.SamplingSettings;
import io.solera.rl.RandomKey;
import io.solera.train.rollout.MicroBatch;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.Rollout;
import io.solera.train.rollout.RolloutSample;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** How many of a policy's samples are molecules or proteins, distinct and new, at temperature 1 without truncation. */
public final class SampleQuality {
    private static final int MICRO_BATCH = 64;

    private SampleQuality() {}

    /** @param known what the policy has learned from, of the kind that it writes: one of {@link SampleKind#MEASURED} */
    public static Quality of(SparkSession session, Policy policy, int samples, KnownSamples known, long seed) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<Policy> sent = spark.broadcast(policy);
        Broadcast<Prompts> prompts =
                spark.broadcast(Prompts.none(policy.tokenizer().special()));
        Rollout.Parameters parameters = draw -> sent.value().initial().whole();
        RandomKey key = RandomKey.of(seed).with("sample-quality");
        List<String> texts;
        try (Described part = Described.more(session.sparkContext(), ": %d samples, measured".formatted(samples))) {
            texts = new Rollout(spark, sent, prompts, Slots.of(spark, 0))
                    .sample(
                            MicroBatch.of(0, "sample", 0, new int[samples], MICRO_BATCH, key),
                            parameters,
                            SamplingSettings.plain(policy.config().contextLength() - 1))
                    .flatMap(batch -> batch.stream().map(RolloutSample::text).iterator())
                    .collect();
        }
        sent.destroy();
        return Objects.requireNonNull(known.kind().quality(texts, known));
    }
}

package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.SamplingSettings;
import io.solera.rl.BlockVector;
import io.solera.rl.KlPenalty;
import io.solera.rl.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Held-out sampling of a policy: always with the same keys, so that two policies are compared on the same random numbers. */
final class Evaluation {
    private static final String LEARNER = "evaluation";

    private final SparkSession session;
    private final TrainJob job;
    private final Broadcast<Policy> reference;
    private final Broadcast<RewardSet> rewards;
    private final KnownMolecules known;
    private final int partitions;

    /** What was measured, and the samples that it was measured on. */
    record Result(Measures measures, List<ScoredSample> samples) {}

    Evaluation(
            SparkSession session,
            TrainJob job,
            Broadcast<Policy> reference,
            Broadcast<RewardSet> rewards,
            KnownMolecules known,
            int partitions) {
        this.session = session;
        this.job = job;
        this.reference = reference;
        this.rewards = rewards;
        this.known = known;
        this.partitions = partitions;
    }

    Result of(BlockVector rho, int samples) {
        RandomKey key = RandomKey.of(job.seed()).with("evaluate");
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<BlockVector> theta = spark.broadcast(rho);
        Rollout.Parameters parameters = draw -> theta.value();
        List<String> names = rewards.value().names();
        Broadcast<Policy> anchor = reference;
        int microBatch = job.microBatch();
        List<Row> rows = new Scoring(rewards, microBatch)
                .score(new Rollout(session, reference, partitions)
                        .sample(
                                Draw.of(0, LEARNER, 0, samples, microBatch, key),
                                parameters,
                                SamplingSettings.plain(job.sampling().maxNewTokens())))
                .collectAsList();
        List<ScoredSample> scored = rows.stream()
                .map(row -> ScoredSample.of(row, names))
                .sorted(Comparator.comparingLong(ScoredSample::id))
                .toList();
        double[] kl = divergence(spark, anchor, theta, scored);
        theta.destroy();
        MoleculeMeasures molecules =
                MoleculeMeasures.of(scored.stream().map(ScoredSample::text).toList(), known);
        return new Result(Measures.of(scored, rewards.value().thresholds(), molecules, kl), scored);
    }

    /** log pi - log pi_ref of the samples, in their order. */
    private double[] divergence(
            JavaSparkContext spark,
            Broadcast<Policy> anchor,
            Broadcast<BlockVector> theta,
            List<ScoredSample> samples) {
        List<List<int[]>> parts = new ArrayList<>();
        for (int start = 0; start < samples.size(); start += job.microBatch()) {
            parts.add(List.copyOf(samples.subList(start, Math.min(samples.size(), start + job.microBatch())).stream()
                    .map(ScoredSample::tokens)
                    .toList()));
        }
        // collect() keeps the order of the parts
        return spark
                .parallelize(parts, Math.max(1, Math.min(partitions, parts.size())))
                .map(tokens -> divergence(anchor.value(), theta.value(), tokens))
                .collect()
                .stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static double[] divergence(Policy reference, BlockVector theta, List<int[]> tokens) {
        try (NetworkPool.Lease lease = NetworkPool.lease(reference.config())) {
            Likelihood likelihood =
                    new Likelihood(lease.network(), reference.tokenizer().vocabulary(), 1);
            lease.network().set(theta);
            float[][] policy = likelihood.logProbabilities(tokens);
            lease.network().set(reference.parameters());
            return KlPenalty.perSample(policy, likelihood.logProbabilities(tokens));
        }
    }
}

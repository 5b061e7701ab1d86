package io.solera.train.evaluation;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Described;
import io.solera.cluster.Slots;
import io.solera.config.RunName;
import io.solera.config.TrainJob;
import io.solera.meter.Work;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.SamplingSettings;
import io.solera.model.Sequence;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.KlPenalty;
import io.solera.rl.RandomKey;
import io.solera.store.RoundWriter;
import io.solera.store.parquet.ParquetRows;
import io.solera.train.rollout.MicroBatch;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import io.solera.train.rollout.Rollout;
import io.solera.train.rollout.SampleColumns;
import io.solera.train.rollout.ScoredSample;
import io.solera.train.rollout.Scoring;
import io.solera.train.rollout.TaskDevice;
import io.solera.train.rollout.TrainingReward;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Held-out sampling of a policy: always with the same keys, so that two policies are compared on the same random
 * numbers.
 */
public final class Evaluation {
    private static final String LEARNER = RunName.EVALUATION.text();

    private final SparkSession session;
    private final TrainJob job;
    private final Broadcast<Policy> reference;
    private final Broadcast<RewardSet> rewards;
    private final Broadcast<Prompts> prompts;
    private final KnownSamples known;
    private final SampleKind kind;
    private final Slots slots;

    /** What was measured, the samples that it was measured on, and what it took. */
    public record Result(
            Measures measures,
            List<ScoredSample> samples,
            ApplicabilityDomains domains,
            Aggregates aggregates,
            double seconds) {}

    public Evaluation(
            SparkSession session,
            TrainJob job,
            Broadcast<Policy> reference,
            Broadcast<RewardSet> rewards,
            Broadcast<Prompts> prompts,
            KnownSamples known,
            Slots slots) {
        this.session = session;
        this.job = job;
        this.reference = reference;
        this.rewards = rewards;
        this.prompts = prompts;
        this.known = known;
        this.kind = SampleKind.of(job, known);
        this.slots = slots;
    }

    /** Tasks that run at a time. */
    public int slots() {
        return slots.running();
    }

    public Result of(Blocks rho, int samples) {
        long begun = System.nanoTime();
        RandomKey key = RandomKey.of(job.seed()).with("evaluate");
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<Blocks> theta = spark.broadcast(rho);
        Rollout.Parameters parameters = draw -> theta.value().whole();
        List<String> names = rewards.value().names();
        List<ScoredSample> scored;
        List<Measured> measured;
        try {
            scored = new Scoring(rewards, job.microBatch())
                            .score(new Rollout(spark, reference, prompts, slots)
                                    .sample(
                                            MicroBatch.of(
                                                    0,
                                                    LEARNER,
                                                    0,
                                                    prompts.value().heldOut(samples),
                                                    job.microBatch(),
                                                    key),
                                            parameters,
                                            SamplingSettings.plain(
                                                    job.sampling().maxNewTokens())))
                            .collect()
                            .stream()
                            .sorted(Comparator.comparingLong(ScoredSample::id))
                            .toList();
            measured = Described.more(
                    session.sparkContext(), ", KL to the reference", () -> measured(spark, theta, scored));
        } finally {
            theta.destroy();
        }
        double[] kl = measured.stream()
                .flatMapToDouble(part -> Arrays.stream(part.kl()))
                .toArray();
        ApplicabilityDomains domains = new ApplicabilityDomains(
                rewards.value().withDomain().stream().map(TrainingReward::name).toList(),
                measured.stream().flatMap(part -> Arrays.stream(part.domains())).toArray(double[][]::new));
        List<String> texts = scored.stream().map(ScoredSample::text).toList();
        Quality quality = kind.quality(texts, known);
        Aggregates aggregates = Aggregates.of(job.evaluation().aggregates(), names, job.observe(), scored);
        Measures measures = Measures.of(
                names,
                job.observe(),
                scored,
                rewards.value().thresholds(),
                job.evaluation().hypervolumeBatch(),
                quality,
                kl,
                domains,
                aggregates);
        return new Result(measures, scored, domains, aggregates, (System.nanoTime() - begun) / 1e9);
    }

    /** Writes the samples with their rewards, by id, and the best of them. */
    public void write(Result result, RoundWriter writer) throws IOException {
        List<String> names = rewards.value().names();
        if (kind == SampleKind.MOLECULES) {
            writer.write(
                    BestMolecules.FILE,
                    BestMolecules.csv(BestMolecules.of(result.samples(), names, job.observe()), names));
        } else {
            writer.write(BestTexts.FILE, BestTexts.lines(result.samples(), names, job.observe()));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < result.samples().size(); i++) {
            List<Double> more = new ArrayList<>();
            Arrays.stream(result.domains().values()[i]).forEach(more::add);
            more.addAll(result.aggregates().of(i));
            rows.add(result.samples().get(i).evaluated(more));
        }
        StructType schema = SampleColumns.evaluated(
                names, result.domains().rewards(), result.aggregates().names());
        writer.create(SampleColumns.EVALUATION, out -> ParquetRows.write(out, schema, rows.iterator()));
    }

    /**
     * What is measured of the samples of a micro-batch.
     *
     * @param kl log pi - log pi_ref
     * @param domains of the rewards that have one
     */
    private record Measured(double[] kl, double[][] domains) implements Serializable {}

    /**
     * Of all samples, by micro-batch in the order of their ids: scoring may have spread them otherwise, and on slots
     * that networks do not run on.
     */
    private List<Measured> measured(JavaSparkContext spark, Broadcast<Blocks> theta, List<ScoredSample> samples) {
        List<List<Drawn>> batches = new ArrayList<>();
        for (int start = 0; start < samples.size(); start += job.microBatch()) {
            batches.add(List.copyOf(samples.subList(start, Math.min(samples.size(), start + job.microBatch())).stream()
                    .map(sample -> new Drawn(sample.text(), sample.sequence()))
                    .toList()));
        }
        Broadcast<Policy> anchor = reference;
        Broadcast<RewardSet> set = rewards;
        return spark.parallelize(batches, slots.tasks(batches.size()))
                .mapPartitions(
                        some -> measured(some, anchor.value(), theta.value().whole(), set.value()))
                .collect();
    }

    /** What of a sample is measured. */
    private record Drawn(String text, Sequence sequence) implements Serializable {}

    /** A network holds each of the two policies once. */
    private static Iterator<Measured> measured(
            Iterator<List<Drawn>> some, Policy reference, BlockVector theta, RewardSet rewards) {
        List<List<Drawn>> batches = new ArrayList<>();
        some.forEachRemaining(batches::add);
        List<double[]> kl = divergence(
                reference,
                theta,
                batches.stream()
                        .map(batch -> batch.stream().map(Drawn::sequence).toList())
                        .toList());
        List<Measured> measured = new ArrayList<>();
        for (int k = 0; k < batches.size(); k++) {
            List<String> texts = batches.get(k).stream().map(Drawn::text).toList();
            measured.add(new Measured(kl.get(k), ApplicabilityDomains.score(rewards, texts)));
        }
        return measured.iterator();
    }

    /** log pi - log pi_ref of the samples of some batches. */
    private static List<double[]> divergence(Policy reference, BlockVector theta, List<List<Sequence>> batches) {
        try (NetworkPool.Lease lease = NetworkPool.lease(reference.config(), TaskDevice.here())) {
            Likelihood likelihood =
                    new Likelihood(lease.network(), reference.tokenizer().special(), 1);
            lease.network().set(reference, theta);
            Work.PASSES.add(2L * batches.size());
            List<float[][]> policy = new ArrayList<>();
            for (List<Sequence> batch : batches) {
                policy.add(likelihood.logProbabilities(batch));
            }
            lease.network().set(reference, reference.initial().whole());
            List<double[]> differences = new ArrayList<>();
            for (int k = 0; k < batches.size(); k++) {
                differences.add(KlPenalty.perSample(policy.get(k), likelihood.logProbabilities(batches.get(k))));
            }
            return differences;
        }
    }
}

package io.solera.train.evaluation;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Slots;
import io.solera.config.RunName;
import io.solera.config.TrainJob;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.SamplingSettings;
import io.solera.model.Sequence;
import io.solera.rl.BlockVector;
import io.solera.rl.KlPenalty;
import io.solera.rl.RandomKey;
import io.solera.store.RoundWriter;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

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
    private final KnownMolecules known;
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
            KnownMolecules known,
            Slots slots) {
        this.session = session;
        this.job = job;
        this.reference = reference;
        this.rewards = rewards;
        this.prompts = prompts;
        this.known = known;
        this.slots = slots;
    }

    /** Tasks that run at a time. */
    public int slots() {
        return slots.running();
    }

    public Result of(BlockVector rho, int samples) {
        long begun = System.nanoTime();
        RandomKey key = RandomKey.of(job.seed()).with("evaluate");
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Broadcast<BlockVector> theta = spark.broadcast(rho);
        Rollout.Parameters parameters = draw -> theta.value();
        List<String> names = rewards.value().names();
        Broadcast<Policy> anchor = reference;
        int microBatch = job.microBatch();
        List<Row> rows = new Scoring(rewards, prompts, microBatch)
                .score(new Rollout(session, reference, prompts, slots)
                        .sample(
                                MicroBatch.of(0, LEARNER, 0, prompts.value().heldOut(samples), microBatch, key),
                                parameters,
                                SamplingSettings.plain(job.sampling().maxNewTokens())))
                .collectAsList();
        List<ScoredSample> scored = rows.stream()
                .map(row -> ScoredSample.of(row, names))
                .sorted(Comparator.comparingLong(ScoredSample::id))
                .toList();
        double[] kl = divergence(spark, anchor, theta, scored);
        theta.destroy();
        List<String> texts = scored.stream().map(ScoredSample::text).toList();
        MoleculeMeasures molecules =
                job.writesMolecules() || !known.isEmpty() ? MoleculeMeasures.of(texts, known) : null;
        ApplicabilityDomains domains = domains(spark, scored);
        Aggregates aggregates = Aggregates.of(job.evaluation().aggregates(), scored);
        Measures measures = Measures.of(
                names,
                scored,
                rewards.value().thresholds(),
                job.evaluation().hypervolumeBatch(),
                molecules,
                kl,
                domains,
                aggregates);
        return new Result(measures, scored, domains, aggregates, (System.nanoTime() - begun) / 1e9);
    }

    /** Writes the samples with their rewards, by id, and the best molecules among them. */
    public void write(Result result, RoundWriter writer) throws IOException {
        List<String> names = rewards.value().names();
        if (result.measures().validity() != null) {
            writer.write(BestMolecules.FILE, BestMolecules.csv(BestMolecules.of(result.samples()), names));
        } else {
            writer.write(BestTexts.FILE, BestTexts.lines(result.samples(), names));
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < result.samples().size(); i++) {
            List<Double> more = new ArrayList<>();
            Arrays.stream(result.domains().values()[i]).forEach(more::add);
            more.addAll(result.aggregates().of(i));
            rows.add(result.samples().get(i).evaluated(more));
        }
        session.createDataFrame(
                        rows,
                        SampleColumns.evaluated(
                                names,
                                result.domains().rewards(),
                                result.aggregates().names()))
                .coalesce(1)
                .write()
                .parquet(writer.path(SampleColumns.EVALUATION).toString());
    }

    private ApplicabilityDomains domains(JavaSparkContext spark, List<ScoredSample> samples) {
        List<String> names =
                rewards.value().withDomain().stream().map(TrainingReward::name).toList();
        if (names.isEmpty()) {
            return new ApplicabilityDomains(names, new double[samples.size()][0]);
        }
        Broadcast<RewardSet> set = rewards;
        List<List<String>> parts = parts(samples, ScoredSample::text);
        return new ApplicabilityDomains(
                names,
                spark
                        .parallelize(parts, slots.tasks(parts.size()))
                        .map(texts -> ApplicabilityDomains.score(set.value(), texts))
                        .collect()
                        .stream()
                        .flatMap(Arrays::stream)
                        .toArray(double[][]::new));
    }

    /** log pi - log pi_ref of the samples, in their order. */
    private double[] divergence(
            JavaSparkContext spark,
            Broadcast<Policy> anchor,
            Broadcast<BlockVector> theta,
            List<ScoredSample> samples) {
        List<List<Sequence>> parts = parts(samples, ScoredSample::sequence);
        // collect() keeps the order of the parts
        return spark
                .parallelize(parts, slots.tasks(parts.size()))
                .map(sequences -> divergence(anchor.value(), theta.value(), sequences))
                .collect()
                .stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /** Micro-batches of what is asked of each sample. */
    private <T> List<List<T>> parts(List<ScoredSample> samples, Function<ScoredSample, T> of) {
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < samples.size(); start += job.microBatch()) {
            parts.add(List.copyOf(samples.subList(start, Math.min(samples.size(), start + job.microBatch())).stream()
                    .map(of)
                    .toList()));
        }
        return parts;
    }

    private static double[] divergence(Policy reference, BlockVector theta, List<Sequence> sequences) {
        try (NetworkPool.Lease lease = NetworkPool.lease(reference.config(), TaskDevice.here())) {
            Likelihood likelihood =
                    new Likelihood(lease.network(), reference.tokenizer().special(), 1);
            lease.network().set(reference, theta);
            float[][] policy = likelihood.logProbabilities(sequences);
            lease.network().set(reference, reference.initial());
            return KlPenalty.perSample(policy, likelihood.logProbabilities(sequences));
        }
    }
}

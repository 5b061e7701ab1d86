package io.solera.bench;

import io.solera.checkpoint.Policy;
import io.solera.model.Completion;
import io.solera.model.Generator;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.SamplingSettings;
import io.solera.model.Sequence;
import io.solera.reward.Reward;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.ClippedLoss;
import io.solera.rl.RandomKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The throughput of one thread: sampling, updates and scoring, always on the same samples of a policy. */
public final class Benchmark {
    /** Samples of a micro-batch, and of a minibatch. */
    static final int BATCH = 64;

    private static final int SCORED = 256;
    /** More strings than fit in the cache of molecules. */
    private static final int FLUSH = 10_000;

    private static final RandomKey KEY = RandomKey.of(1).with("bench");

    private final Policy policy;
    private final double seconds;

    /** @param seconds for each measurement */
    public Benchmark(Policy policy, double seconds) {
        this.policy = policy;
        this.seconds = seconds;
    }

    /** Tokens and samples per second at temperature 1. */
    public Repeats sampling() throws Exception {
        try (NetworkPool.Lease lease = NetworkPool.lease(policy.config())) {
            lease.network().set(policy.parameters().whole());
            Generator generator = generator(lease);
            long[] first = {0};
            return Repeats.of(seconds, () -> {
                List<Completion> completions = generator.generate(keys(first[0], BATCH));
                first[0] += BATCH;
                return new long[] {tokens(completions), completions.size()};
            });
        }
    }

    /** Tokens per second of a step of policy optimisation: forward, clipped loss, backward, AdamW. */
    public Repeats update() throws Exception {
        List<Completion> completions = samples(BATCH);
        List<Sequence> sequences = Sequence.unprompted(
                policy.tokenizer().special(),
                completions.stream().map(Completion::tokens).toList());
        float[][] old = completions.stream().map(Completion::logProbabilities).toArray(float[][]::new);
        double[] advantages = new double[BATCH];
        for (int b = 0; b < BATCH; b++) {
            advantages[b] = b % 2 == 0 ? 1 : -1;
        }
        long tokens = tokens(completions);
        BlockVector theta = policy.parameters().whole().copy();
        AdamW adam = new AdamW(new AdamW.Settings(0.9, 0.999, 1e-8, 0.01), AdamW.State.fresh(theta.size()));
        ClippedLoss loss = new ClippedLoss(0.2);
        try (NetworkPool.Lease lease = NetworkPool.lease(policy.config())) {
            lease.network().set(policy.parameters().whole());
            Likelihood likelihood =
                    new Likelihood(lease.network(), policy.tokenizer().special(), 1);
            return Repeats.of(seconds, () -> {
                BlockVector gradient = likelihood.gradient(
                        sequences,
                        KEY,
                        seen -> loss.ofSamples(seen.logProbabilities(), old, advantages, tokens)
                                .coefficients());
                AdamW.clip(gradient, 1);
                adam.step(theta, gradient, 1e-5);
                lease.network().refill(theta);
                return new long[] {tokens};
            });
        }
    }

    /** Samples per second of a reward on uncached samples, including parsing. */
    public Repeats scoring(String reward, List<String> texts, Resources resources) throws Exception {
        return Repeats.of(seconds, new Repeats.Work() {
            private Reward fresh = RewardCatalogue.create(RewardCall.of(reward), resources);

            @Override
            public void prepare() throws Exception {
                fresh = RewardCatalogue.create(RewardCall.of(reward), resources);
                for (int k = 0; k < FLUSH; k++) {
                    Molecules.valid("no molecule " + k);
                }
            }

            @Override
            public long[] run() {
                for (int begin = 0; begin < texts.size(); begin += BATCH) {
                    fresh.score(texts.subList(begin, Math.min(texts.size(), begin + BATCH)));
                }
                return new long[] {texts.size()};
            }
        });
    }

    /** Distinct samples to score. */
    public List<String> texts() {
        return samples(SCORED).stream()
                .map(completion -> policy.tokenizer().decode(completion.tokens()))
                .distinct()
                .toList();
    }

    private List<Completion> samples(int count) {
        List<Completion> samples = new ArrayList<>();
        try (NetworkPool.Lease lease = NetworkPool.lease(policy.config())) {
            lease.network().set(policy.parameters().whole());
            for (int first = 0; first < count; first += BATCH) {
                samples.addAll(generator(lease).generate(keys(first, Math.min(BATCH, count - first))));
            }
        }
        return samples;
    }

    private Generator generator(NetworkPool.Lease lease) {
        return new Generator(lease.network(), policy.tokenizer(), SamplingSettings.plain(longest(policy)));
    }

    /** Maximum length of a sample in tokens. */
    static int longest(Policy policy) {
        return Math.min(100, policy.config().contextLength() - 1);
    }

    private static List<RandomKey> keys(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(KEY::with).toList();
    }

    private static long tokens(List<Completion> completions) {
        return completions.stream()
                .mapToLong(completion -> completion.tokens().length)
                .sum();
    }
}

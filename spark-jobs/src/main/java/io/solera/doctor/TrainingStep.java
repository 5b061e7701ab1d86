package io.solera.doctor;

import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.lang.Sha256;
import io.solera.model.Completion;
import io.solera.model.Generator;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.SamplingSettings;
import io.solera.model.Sequence;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.ClippedLoss;
import io.solera.rl.RandomKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/** One step of policy optimisation of the prior: samples, clipped loss, gradient, AdamW. */
final class TrainingStep {
    private static final int SAMPLES = 8;
    private static final int LONGEST = 24;
    private static final RandomKey KEY = RandomKey.of(1).with("doctor");

    private TrainingStep() {}

    /** The prior, which ships with Solera. */
    static Policy prior() throws IOException {
        return ModelFolder.read(new ClasspathFolder("io/solera/prior"));
    }

    /** Words are the hash of the parameters after the step, which are the same on processors of one model. */
    static Outcome on(Machine machine) throws IOException {
        Policy policy = prior();
        BlockVector theta = policy.parameters().whole().copy();
        double norm;
        try (NetworkPool.Lease lease = NetworkPool.lease(policy.config(), machine.device())) {
            lease.network().set(theta);
            Generator generator = new Generator(lease.network(), policy.tokenizer(), SamplingSettings.plain(LONGEST));
            List<Completion> drawn = generator.generate(
                    LongStream.range(0, SAMPLES).mapToObj(KEY::with).toList());
            BlockVector gradient = gradient(lease, policy, drawn);
            norm = AdamW.clip(gradient, 1);
            new AdamW(new AdamW.Settings(0.9, 0.999, 1e-8, 0.01), AdamW.State.fresh(theta.size()))
                    .step(theta, gradient, 1e-4);
        }
        return Double.isFinite(norm) && norm > 0
                ? Outcome.ok("%d samples, parameters afterwards %s".formatted(SAMPLES, hash(theta)))
                : Outcome.failed(
                        "the norm of the gradient is %s".formatted(norm), "report it, with this machine's processor");
    }

    private static BlockVector gradient(NetworkPool.Lease lease, Policy policy, List<Completion> drawn) {
        List<Sequence> sequences = Sequence.unprompted(
                policy.tokenizer().special(),
                drawn.stream().map(Completion::tokens).toList());
        float[][] old = drawn.stream().map(Completion::logProbabilities).toArray(float[][]::new);
        double[] advantages = new double[drawn.size()];
        for (int b = 0; b < advantages.length; b++) {
            advantages[b] = b % 2 == 0 ? 1 : -1;
        }
        long tokens = drawn.stream().mapToLong(each -> each.tokens().length).sum();
        return new Likelihood(lease.network(), policy.tokenizer().special(), 1)
                .gradient(
                        sequences,
                        KEY,
                        seen -> new ClippedLoss(0.2)
                                .ofSamples(seen.logProbabilities(), old, advantages, tokens)
                                .coefficients());
    }

    private static String hash(BlockVector theta) throws IOException {
        float[] values = theta.toArray();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return Sha256.of(new ByteArrayInputStream(bytes.array())).substring(0, 8);
    }
}

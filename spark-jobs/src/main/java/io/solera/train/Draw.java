package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.model.Completion;
import io.solera.model.Generator;
import io.solera.model.NetworkPool;
import io.solera.model.SamplingSettings;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A micro-batch to draw: samples {@code first .. first + count - 1} of a learner in a step of a round. Sample s is drawn with
 * {@code key.with(s)}, whoever draws it.
 */
public record Draw(int round, String learner, int step, long first, int count, RandomKey key) implements Serializable {
    /** The micro-batches of {@code samples} samples. */
    public static List<Draw> of(int round, String learner, int step, int samples, int microBatch, RandomKey key) {
        List<Draw> draws = new ArrayList<>();
        for (int first = 0; first < samples; first += microBatch) {
            draws.add(new Draw(round, learner, step, first, Math.min(microBatch, samples - first), key));
        }
        return draws;
    }

    /** Draws them from the policy of this shape with these parameters. */
    public List<Completion> from(Policy shape, BlockVector parameters, SamplingSettings sampling) {
        try (NetworkPool.Lease lease = NetworkPool.lease(shape.config())) {
            lease.network().set(parameters);
            return new Generator(lease.network(), shape.tokenizer().special(), sampling)
                    .generate(LongStream.range(first, first + count)
                            .mapToObj(key::with)
                            .toList());
        }
    }
}

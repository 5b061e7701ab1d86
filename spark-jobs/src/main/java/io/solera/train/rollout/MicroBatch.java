package io.solera.train.rollout;

import io.solera.checkpoint.Policy;
import io.solera.model.Completion;
import io.solera.model.Generator;
import io.solera.model.NetworkPool;
import io.solera.model.SamplingSettings;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A micro-batch to draw: samples from {@code first} on, of a learner in a step of a round. Sample s is drawn with
 * {@code key.with(s)}, whoever draws it.
 *
 * @param places of the prompts, one per sample
 */
public record MicroBatch(int round, String learner, int step, long first, int[] places, RandomKey key)
        implements Serializable {
    /**
     * The micro-batches of some samples.
     *
     * @param prompts the place of each sample's prompt
     */
    public static List<MicroBatch> of(
            int round, String learner, int step, int[] prompts, int microBatch, RandomKey key) {
        List<MicroBatch> draws = new ArrayList<>();
        for (int first = 0; first < prompts.length; first += microBatch) {
            int end = Math.min(prompts.length, first + microBatch);
            draws.add(new MicroBatch(round, learner, step, first, Arrays.copyOfRange(prompts, first, end), key));
        }
        return draws;
    }

    /** Draws them from the policy of this shape with these parameters. */
    public List<Completion> from(Policy shape, BlockVector parameters, Prompts prompts, SamplingSettings sampling) {
        try (NetworkPool.Lease lease = NetworkPool.lease(shape.config(), TaskDevice.here())) {
            lease.network().set(shape, parameters);
            return new Generator(lease.network(), shape.tokenizer(), sampling)
                    .generate(
                            Arrays.stream(places)
                                    .mapToObj(place -> prompts.all().get(place).tokens())
                                    .toList(),
                            LongStream.range(first, first + places.length)
                                    .mapToObj(key::with)
                                    .toList());
        }
    }
}

package io.solera.train.likelihood;

import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Policy;
import io.solera.cluster.Slots;
import io.solera.model.Likelihood;
import io.solera.model.Network;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.SpecialTokens;
import io.solera.train.rollout.TaskDevice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood of completions and its gradient, a Spark task per group of micro-batches, summed in their
 * order. The gradients of a large network are summed block by block where Spark brings the blocks together, to the same
 * bytes; the driver gets the sum.
 */
final class LikelihoodGradient implements AutoCloseable {
    /** 4 MiB. */
    static final int BLOCK = 1 << 20;

    private static final int GATHERED_BLOCKS = 16;

    private final JavaSparkContext spark;
    private final Policy shape;
    private final @Nullable Broadcast<Policy> base;
    private final Broadcast<Corpus> corpus;
    private final int microBatch;
    private final Slots slots;
    private final int block;

    /**
     * Some sequences, and their position in the order of the sum.
     *
     * @param key of what adapters drop; null: no gradient is asked for
     */
    private record Micro(int index, int[] places, @Nullable RandomKey key) implements Serializable {}

    /**
     * One micro-batch's share: summed negative log-likelihood in nats, tokens, and the gradient (empty if not asked
     * for).
     */
    private record Part(int index, double nats, long tokens, float[] gradient) implements Serializable {}

    /**
     * What a task computes with.
     *
     * @param base of adapters, which is sent once; null: the parameters themselves are trained, and come with each step
     */
    private record Model(
            NetworkConfig config,
            SpecialTokens special,
            @Nullable Broadcast<Policy> base,
            Broadcast<BlockVector> theta) implements Serializable {
        void fill(Network network) {
            if (base == null) {
                network.set(theta.value());
            } else {
                network.set(base.value(), theta.value());
            }
        }
    }

    /** @param nats mean negative log-likelihood per token; gradient of that mean, empty if not asked for */
    record Loss(double nats, long tokens, BlockVector gradient) {}

    /**
     * @param shape the policy whose parameters are trained, or adapters next to them
     * @param partitions tasks at most, 0 for one per core; no part of the result
     * @param block numbers of the gradient that are summed together when there are many
     */
    LikelihoodGradient(
            JavaSparkContext spark, Policy shape, Broadcast<Corpus> corpus, int microBatch, int partitions, int block) {
        this.spark = spark;
        this.shape = shape;
        base = shape.trainable() instanceof LoraAdapters ? spark.broadcast(shape) : null;
        this.corpus = corpus;
        this.microBatch = microBatch;
        slots = Slots.of(spark, partitions);
        this.block = block;
    }

    /**
     * Mean loss of the training sequences at {@code places}, and its gradient.
     *
     * @param key of what adapters drop: micro-batch k has that of its child k
     */
    Loss gradient(BlockVector theta, int[] places, RandomKey key) {
        return sum(theta, places, key, false);
    }

    /** Mean loss of all held-out sequences. */
    Loss heldOut(BlockVector theta) {
        int count = corpus.value().heldOut().size();
        return sum(theta, IntStream.range(0, count).toArray(), null, true);
    }

    private Loss sum(BlockVector theta, int[] places, @Nullable RandomKey key, boolean heldOut) {
        List<Micro> micros = new ArrayList<>();
        for (int start = 0; start < places.length; start += microBatch) {
            int end = Math.min(places.length, start + microBatch);
            int index = micros.size();
            micros.add(new Micro(index, Arrays.copyOfRange(places, start, end), key == null ? null : key.with(index)));
        }
        Model model = new Model(shape.config(), shape.tokenizer().special(), base, spark.broadcast(theta.copy()));
        Broadcast<Corpus> data = corpus;
        int size = key == null ? 0 : Math.toIntExact(theta.size());
        JavaRDD<Part> parts = spark.parallelize(micros, slots.tasks(micros.size()))
                .map(micro -> part(model, data.value(), micro, heldOut));
        boolean gathered = size <= (long) GATHERED_BLOCKS * block;
        Part sum = gathered ? added(parts.collect()) : addedByBlock(parts, size);
        model.theta().destroy();
        float[] gradient = sum.gradient();
        for (int k = 0; k < size; k++) {
            gradient[k] /= sum.tokens();
        }
        return new Loss(sum.nats() / sum.tokens(), sum.tokens(), BlockVector.of(gradient));
    }

    private Part addedByBlock(JavaRDD<Part> parts, int size) {
        int length = block;
        int count = (size + length - 1) / length;
        List<Block> sums = parts.flatMap(part -> IntStream.range(0, count)
                        .mapToObj(number -> Block.of(part, number, length))
                        .iterator())
                .groupBy(Block::number, slots.tasks(count))
                .values()
                .map(blocks -> Block.added(blocks))
                .collect();
        float[] gradient = new float[size];
        for (Block sum : sums) {
            float[] values = sum.part().gradient();
            System.arraycopy(values, 0, gradient, sum.number() * length, values.length);
        }
        Part first = sums.get(0).part();
        return new Part(0, first.nats(), first.tokens(), gradient);
    }

    /** A part with a block of its gradient. */
    private record Block(int number, Part part) implements Serializable {
        static Block of(Part part, int number, int length) {
            int start = number * length;
            int end = Math.min(part.gradient().length, start + length);
            return new Block(
                    number,
                    new Part(
                            part.index(), part.nats(), part.tokens(), Arrays.copyOfRange(part.gradient(), start, end)));
        }

        /** The sum of the same block of all parts. */
        static Block added(Iterable<Block> blocks) {
            List<Block> sorted = new ArrayList<>();
            blocks.forEach(sorted::add);
            sorted.sort(Comparator.comparingInt((Block one) -> one.part().index()));
            return new Block(
                    sorted.get(0).number(),
                    LikelihoodGradient.added(sorted.stream().map(Block::part).toList()));
        }
    }

    /** The sum of parts in their order. */
    private static Part added(List<Part> parts) {
        double nats = 0;
        long tokens = 0;
        float[] gradient = new float[parts.isEmpty() ? 0 : parts.get(0).gradient().length];
        for (Part part : parts) {
            nats += part.nats();
            tokens += part.tokens();
            for (int k = 0; k < gradient.length; k++) {
                gradient[k] += part.gradient()[k];
            }
        }
        return new Part(0, nats, tokens, gradient);
    }

    private static Part part(Model model, Corpus corpus, Micro micro, boolean heldOut) {
        List<Sequence> source = heldOut ? corpus.heldOut() : corpus.training();
        List<Sequence> sequences =
                Arrays.stream(micro.places()).mapToObj(source::get).toList();
        long tokens = sequences.stream()
                .mapToLong(sequence -> sequence.tokens().length)
                .sum();
        try (NetworkPool.Lease lease = NetworkPool.lease(model.config(), TaskDevice.here())) {
            model.fill(lease.network());
            Likelihood likelihood = new Likelihood(lease.network(), model.special(), 1);
            RandomKey key = micro.key();
            if (key == null) {
                return new Part(micro.index(), -total(likelihood.logProbabilities(sequences)), tokens, new float[0]);
            }
            double[] nats = new double[1];
            BlockVector gradient = likelihood.gradient(sequences, key, seen -> {
                nats[0] = -total(seen.logProbabilities());
                return minusOnes(seen.logProbabilities());
            });
            return new Part(micro.index(), nats[0], tokens, gradient.toArray());
        }
    }

    private static double total(float[][] values) {
        double sum = 0;
        for (float[] row : values) {
            for (float value : row) {
                sum += value;
            }
        }
        return sum;
    }

    private static float[][] minusOnes(float[][] like) {
        float[][] result = new float[like.length][];
        for (int b = 0; b < like.length; b++) {
            result[b] = new float[like[b].length];
            Arrays.fill(result[b], -1);
        }
        return result;
    }

    @Override
    public void close() {
        if (base != null) {
            base.destroy();
        }
    }
}

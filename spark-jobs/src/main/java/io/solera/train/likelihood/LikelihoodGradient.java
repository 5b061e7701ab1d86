package io.solera.train.likelihood;

import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Policy;
import io.solera.cluster.Described;
import io.solera.cluster.Slots;
import io.solera.meter.Work;
import io.solera.model.Likelihood;
import io.solera.model.Network;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.rl.SumTree;
import io.solera.text.SpecialTokens;
import io.solera.train.rollout.TaskDevice;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood of completions and its gradient, a Spark task per group of micro-batches, summed in the
 * order of {@link SumTree}. The gradients of a large network are summed block by block where Spark brings the blocks
 * together, to the same bytes; the driver gets the sum.
 */
final class LikelihoodGradient implements AutoCloseable {
    /** Up to so many blocks the driver adds gradients up itself. */
    static final int GATHERED_BLOCKS = 16;

    private final JavaSparkContext spark;
    private final Policy shape;
    private final @Nullable Broadcast<Policy> base;
    private final Broadcast<Corpus> corpus;
    private final int microBatch;
    private final Slots slots;
    private final int gatheredBlocks;

    /**
     * Some sequences, and their position in the order of the sum.
     *
     * @param key of what adapters drop; null: no gradient is asked for
     */
    private record Micro(int index, int[] places, @Nullable RandomKey key) implements Serializable {}

    /**
     * What a task has computed of consecutive micro-batches.
     *
     * @param nodes sums of gradients; none if they are not asked for
     * @param nats summed negative log-likelihood of each micro-batch
     */
    private record Summed(List<SumTree.Node> nodes, List<Double> nats, long tokens) implements Serializable {}

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
     * @param gatheredBlocks up to which the driver adds gradients up itself
     */
    LikelihoodGradient(
            JavaSparkContext spark,
            Policy shape,
            Broadcast<Corpus> corpus,
            int microBatch,
            int partitions,
            int gatheredBlocks) {
        this.spark = spark;
        this.shape = shape;
        base = shape.trainable() instanceof LoraAdapters ? spark.broadcast(shape) : null;
        this.corpus = corpus;
        this.microBatch = microBatch;
        slots = Slots.of(spark, partitions);
        this.gatheredBlocks = gatheredBlocks;
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
        int[] all = IntStream.range(0, corpus.value().heldOut().size()).toArray();
        return Described.more(spark.sc(), ": held-out loss", () -> sum(theta, all, null, true));
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
        JavaRDD<Summed> tasks = spark.parallelize(micros, slots.tasks(micros.size()))
                .mapPartitions(some -> summed(model, data.value(), some, heldOut));
        boolean gathered = key == null || theta.size() <= (long) gatheredBlocks * BlockVector.BLOCK_SIZE;
        Loss sum = gathered ? gathered(tasks.collect()) : addedByBlock(tasks, theta.size());
        model.theta().destroy();
        BlockVector gradient = sum.gradient();
        for (int b = 0; b < gradient.blocks(); b++) {
            float[] values = gradient.block(b);
            for (int k = 0; k < values.length; k++) {
                values[k] /= sum.tokens();
            }
        }
        return new Loss(sum.nats() / sum.tokens(), sum.tokens(), gradient);
    }

    /** The sums of all tasks, added on the driver. */
    private static Loss gathered(List<Summed> tasks) {
        SumTree sums = new SumTree();
        tasks.forEach(task -> task.nodes().forEach(sums::add));
        BlockVector gradient =
                sums.nodes().isEmpty() ? BlockVector.zeros(0) : sums.total().get(0);
        return loss(tasks, gradient);
    }

    private static Loss loss(List<Summed> tasks, BlockVector gradient) {
        double nats = 0;
        long tokens = 0;
        for (Summed task : tasks) {
            for (double part : task.nats()) {
                nats += part;
            }
            tokens += task.tokens();
        }
        return new Loss(nats, tokens, gradient);
    }

    /** The same, added block by block where Spark brings the blocks together. */
    private Loss addedByBlock(JavaRDD<Summed> tasks, long size) {
        // computed once, for its numbers and for its blocks
        JavaRDD<Summed> held = tasks.setName("gradients of micro-batches").persist(StorageLevel.MEMORY_AND_DISK());
        List<Summed> numbers = held.map(task -> new Summed(List.of(), task.nats(), task.tokens()))
                .collect();
        BlockVector gradient = BlockVector.zeros(size);
        held.flatMap(Block::of)
                .groupBy(Block::number, slots.tasks(gradient.blocks()))
                .values()
                .map(Block::added)
                .collect()
                .forEach(sum ->
                        gradient.put((long) sum.number() * BlockVector.BLOCK_SIZE, FloatBuffer.wrap(sum.values())));
        held.unpersist();
        return loss(numbers, gradient);
    }

    /** A block of a node's sum. */
    private record Block(int number, SumTree.Node node) implements Serializable {
        static Iterator<Block> of(Summed task) {
            List<Block> blocks = new ArrayList<>();
            for (SumTree.Node node : task.nodes()) {
                for (int b = 0; b < node.sums().get(0).blocks(); b++) {
                    blocks.add(new Block(b, node.block(b)));
                }
            }
            return blocks.iterator();
        }

        /** The sum of the same block of all nodes. */
        static Added added(Iterable<Block> blocks) {
            int number = blocks.iterator().next().number;
            List<SumTree.Node> nodes = new ArrayList<>();
            blocks.forEach(block -> nodes.add(block.node));
            return new Added(number, SumTree.total(nodes).get(0).block(0));
        }
    }

    /** A block of the sum. */
    private record Added(int number, float[] values) implements Serializable {}

    private static Iterator<Summed> summed(Model model, Corpus corpus, Iterator<Micro> micros, boolean heldOut) {
        SumTree sums = new SumTree();
        List<Double> nats = new ArrayList<>();
        long tokens = 0;
        List<Sequence> source = heldOut ? corpus.heldOut() : corpus.training();
        try (NetworkPool.Lease lease = NetworkPool.lease(model.config(), TaskDevice.here())) {
            model.fill(lease.network());
            Likelihood likelihood = new Likelihood(lease.network(), model.special(), 1);
            while (micros.hasNext()) {
                Micro micro = micros.next();
                Work.PASSES.add(1);
                List<Sequence> sequences =
                        Arrays.stream(micro.places()).mapToObj(source::get).toList();
                tokens += sequences.stream()
                        .mapToLong(sequence -> sequence.tokens().length)
                        .sum();
                RandomKey key = micro.key();
                if (key == null) {
                    nats.add(-total(likelihood.logProbabilities(sequences)));
                } else {
                    BlockVector gradient = likelihood.gradient(sequences, key, seen -> {
                        nats.add(-total(seen.logProbabilities()));
                        return minusOnes(seen.logProbabilities());
                    });
                    sums.add(micro.index(), List.of(gradient));
                }
            }
        }
        return List.of(new Summed(sums.nodes(), nats, tokens)).iterator();
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

package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.BlockVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The negative log-likelihood of completions and its gradient, a Spark task per group of micro-batches, summed in their order. */
final class LikelihoodStage {
    private final JavaSparkContext spark;
    private final Policy shape;
    private final Broadcast<Corpus> corpus;
    private final int microBatch;

    /** One micro-batch's share: summed negative log-likelihood in nats, tokens, and the gradient (empty if not asked for). */
    private record Part(double nats, long tokens, float[] gradient) implements Serializable {}

    /** @param nats mean negative log-likelihood per token; gradient of that mean, empty if not asked for */
    record Loss(double nats, long tokens, float[] gradient) {}

    LikelihoodStage(JavaSparkContext spark, Policy shape, Broadcast<Corpus> corpus, int microBatch) {
        this.spark = spark;
        this.shape = shape;
        this.corpus = corpus;
        this.microBatch = microBatch;
    }

    /** Mean loss of the training sequences at {@code places}, and its gradient. */
    Loss gradient(float[] parameters, int[] places) {
        return sum(parameters, places, true, false);
    }

    /** Mean loss of all held-out sequences. */
    Loss heldOut(float[] parameters) {
        int count = corpus.value().heldOut().size();
        return sum(parameters, IntStream.range(0, count).toArray(), false, true);
    }

    private Loss sum(float[] parameters, int[] places, boolean gradients, boolean heldOut) {
        List<int[]> microBatches = new ArrayList<>();
        for (int start = 0; start < places.length; start += microBatch) {
            microBatches.add(Arrays.copyOfRange(places, start, Math.min(places.length, start + microBatch)));
        }
        Broadcast<Policy> policy = spark.broadcast(shape.with(BlockVector.of(parameters)));
        Broadcast<Corpus> data = corpus;
        int slices = Math.max(1, Math.min(microBatches.size(), spark.defaultParallelism()));
        List<Part> parts = spark.parallelize(microBatches, slices)
                .map(micro -> part(policy.value(), data.value(), micro, gradients, heldOut))
                .collect();
        policy.destroy();
        return mean(parts, gradients ? parameters.length : 0);
    }

    private static Part part(Policy policy, Corpus corpus, int[] places, boolean gradients, boolean heldOut) {
        List<Sequence> source = heldOut ? corpus.heldOut() : corpus.training();
        List<Sequence> sequences = Arrays.stream(places).mapToObj(source::get).toList();
        long tokens = sequences.stream()
                .mapToLong(sequence -> sequence.tokens().length)
                .sum();
        try (NetworkPool.Lease lease = NetworkPool.lease(policy.config(), TaskDevice.here())) {
            lease.network().set(policy.parameters());
            Likelihood likelihood =
                    new Likelihood(lease.network(), policy.tokenizer().special(), 1);
            if (!gradients) {
                return new Part(-total(likelihood.logProbabilities(sequences)), tokens, new float[0]);
            }
            double[] nats = new double[1];
            float[] gradient = likelihood.gradient(sequences, seen -> {
                nats[0] = -total(seen.logProbabilities());
                return minusOnes(seen.logProbabilities());
            });
            return new Part(nats[0], tokens, gradient);
        }
    }

    private static Loss mean(List<Part> parts, int size) {
        double nats = 0;
        long tokens = 0;
        float[] gradient = new float[size];
        for (Part part : parts) {
            nats += part.nats();
            tokens += part.tokens();
            for (int k = 0; k < size; k++) {
                gradient[k] += part.gradient()[k];
            }
        }
        for (int k = 0; k < size; k++) {
            gradient[k] /= tokens;
        }
        return new Loss(nats / tokens, tokens, gradient);
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
}

package io.solera.train.update;

import io.solera.cluster.Described;
import io.solera.cluster.Slots;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.RandomKey;
import io.solera.rl.SumTree;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.Sections;
import io.solera.train.learner.StepMetrics;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The passes of an update on all slots of the cluster: a stage for the rollout under the reference, and one for the
 * gradients of each minibatch, in which a task sums what it can; {@link SharedVectors} add up the rest. Hidden states
 * that critics read stay with the executors.
 */
public final class AllTasks implements Compute {
    private final JavaSparkContext spark;
    private final Slots slots;
    private final boolean alone;
    private final TaskTools tools;
    private final SharedVectors vectors;
    private @Nullable JavaRDD<Held> held;
    private double seconds;

    /** What an executor keeps of a part. */
    private record Held(int index, Seen seen, double seconds) implements Serializable {
        Held withoutHidden() {
            return new Held(index, seen.withoutHidden(), seconds);
        }
    }

    /**
     * What a task has summed: of losses, in the order of parts, or of critics on one part.
     *
     * @param first part
     * @param nodes of the gradients' sums
     * @param logProbabilities [b][t] of the samples in its parts
     * @param critics by part
     */
    record Summed(
            int first,
            List<SumTree.Node> nodes,
            List<float[]> logProbabilities,
            List<StepMetrics> figures,
            Map<Integer, CriticGradients> critics,
            double seconds)
            implements Serializable {
        /** The same without what is long. */
        Summed withoutNodes() {
            return new Summed(first, List.of(), logProbabilities, figures, critics, seconds);
        }
    }

    /** @param alone whether no other learner's stages run at the same time */
    public AllTasks(JavaSparkContext spark, TaskTools tools, SharedVectors vectors, Slots slots, boolean alone) {
        this.spark = spark;
        this.tools = tools;
        this.vectors = vectors;
        this.slots = slots;
        this.alone = alone;
    }

    @Override
    public Seen seen(List<Sequence> sequences, int known, Critics critics) {
        release();
        List<RolloutPart> parts = RolloutPart.of(sequences, tools.job().updateBatch(), known);
        TaskTools with = tools;
        Point at = vectors.start();
        Critics.Sent theirs = critics.sent();
        JavaRDD<Held> seen = spread(parts).mapPartitions(some -> held(some, with, at, theirs.critics()));
        if (critics.readReference()) {
            held = seen.setName("hidden states of the reference").persist(StorageLevel.MEMORY_AND_DISK());
        }
        List<Held> all = Described.more(
                spark.sc(),
                ", the rollout under the reference",
                () -> seen.map(Held::withoutHidden).collect());
        all.forEach(part -> seconds += part.seconds());
        return Seen.joined(all.stream().map(Held::seen).toList());
    }

    private static Iterator<Held> held(Iterator<RolloutPart> some, TaskTools tools, Point at, Critics critics)
            throws IOException {
        long started = System.nanoTime();
        List<RolloutPart> parts = new ArrayList<>();
        some.forEachRemaining(parts::add);
        try (NetworkPool.Lease lease = tools.lease()) {
            List<Seen> seen = Seen.of(
                    parts,
                    lease.network(),
                    tools.likelihood(lease),
                    tools.reference().value(),
                    at::composed,
                    critics);
            double seconds = (System.nanoTime() - started) / 1e9 / Math.max(1, parts.size());
            List<Held> held = new ArrayList<>();
            for (int k = 0; k < parts.size(); k++) {
                held.add(new Held(parts.get(k).index(), seen.get(k), seconds));
            }
            return held.iterator();
        }
    }

    @Override
    public Gradients gradients(
            Minibatch minibatch, int[] places, PolicyLoss loss, Sections sections, Critics critics, RandomKey dropout) {
        JavaRDD<Summed> all = work(minibatch, places, loss, critics.sent(), dropout);
        SharedVectors.Sums sums = Described.more(spark.sc(), ", gradients", () -> vectors.sum(all, sections));
        List<Summed> tasks = new ArrayList<>(sums.tasks());
        tasks.sort(Comparator.comparingInt(Summed::first));
        List<float[]> logProbabilities = new ArrayList<>();
        StepMetrics figures = new StepMetrics();
        Map<Integer, CriticGradients> byPart = new TreeMap<>();
        for (Summed task : tasks) {
            logProbabilities.addAll(task.logProbabilities());
            task.figures().forEach(figures::add);
            seconds += task.seconds();
            byPart.putAll(task.critics());
        }
        CriticGradients ofCritics = CriticGradients.none();
        byPart.values().forEach(ofCritics::add);
        return new Gradients(sums.grams(), logProbabilities.toArray(float[][]::new), figures, ofCritics);
    }

    private JavaRDD<Summed> work(
            Minibatch minibatch, int[] places, PolicyLoss loss, Critics.Sent critics, RandomKey dropout) {
        TaskTools with = tools;
        Point at = vectors.point();
        int size = tools.job().updateBatch();
        List<PartGradient> parts = PartGradient.of(minibatch, size, dropout);
        if (held != null && alone) { // both in one task, where the hidden states are
            return held.zipPartitions(spark.parallelize(parts, held.getNumPartitions()), (seen, some) -> {
                List<Summed> both = ofCritics(seen, minibatch, places, critics.critics(), size);
                both.addAll(summed(some, with, at, loss, critics.critics()));
                return both.iterator();
            });
        }
        JavaRDD<Summed> gradients = spread(parts)
                .mapPartitions(
                        some -> summed(some, with, at, loss, critics.critics()).iterator());
        if (held == null) {
            return gradients;
        }
        // tasks of their own, as any slot that other learners leave takes parts
        return gradients.union(held.mapPartitions(seen ->
                ofCritics(seen, minibatch, places, critics.critics(), size).iterator()));
    }

    /** Of the parts of a task; none of none. */
    private static List<Summed> summed(
            Iterator<PartGradient> parts, TaskTools tools, Point at, PolicyLoss loss, Critics critics)
            throws IOException {
        if (!parts.hasNext()) {
            return List.of();
        }
        long started = System.nanoTime();
        int first = -1;
        SumTree sums = new SumTree();
        List<float[]> logProbabilities = new ArrayList<>();
        List<StepMetrics> figures = new ArrayList<>();
        Map<Integer, CriticGradients> ofCritics = new TreeMap<>();
        try (NetworkPool.Lease lease = tools.lease()) {
            lease.network().set(tools.reference().value(), at.composed());
            Likelihood likelihood = tools.likelihood(lease);
            while (parts.hasNext()) {
                PartGradient part = parts.next();
                PartGradient.Sum sum = part.sum(likelihood, loss, critics, tools.pass());
                first = first < 0 ? part.index() : first;
                sums.add(part.index(), sum.gradients());
                logProbabilities.addAll(List.of(sum.logProbabilities()));
                figures.add(sum.figures());
                if (critics.readPolicy()) {
                    ofCritics.put(part.index(), sum.critics());
                }
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return List.of(new Summed(first, sums.nodes(), logProbabilities, figures, ofCritics, seconds));
    }

    private static List<Summed> ofCritics(
            Iterator<Held> parts, Minibatch minibatch, int[] places, Critics critics, int size) {
        List<Summed> all = new ArrayList<>();
        while (parts.hasNext()) {
            Held part = parts.next();
            long started = System.nanoTime();
            Map<Integer, CriticGradients> gradients = new TreeMap<>();
            int[] chosen = Compute.inPart(places, part.index(), size);
            if (chosen.length > 0) {
                gradients.put(
                        part.index(),
                        critics.gradients(
                                minibatch.rows(chosen),
                                Minibatch.select(part.seen().hidden(), Compute.rows(places, chosen, size)),
                                minibatch.tokenCount()));
            }
            all.add(new Summed(
                    part.index(), List.of(), List.of(), List.of(), gradients, (System.nanoTime() - started) / 1e9));
        }
        return all;
    }

    @Override
    public void step(Coefficients alphas, float scale, double learningRate) {
        vectors.step(alphas, scale, learningRate);
    }

    private <T> JavaRDD<T> spread(List<T> parts) {
        return spark.parallelize(parts, slots.tasks(parts.size()));
    }

    @Override
    public double seconds() {
        return seconds;
    }

    /** Frees what executors hold for it. */
    @Override
    public void close() {
        release();
        vectors.end();
    }

    private void release() {
        if (held != null) {
            held.unpersist();
            held = null;
        }
    }
}

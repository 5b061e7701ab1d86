package io.solera.train.update;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.rl.SumTree;
import io.solera.train.learner.StepMetrics;
import io.solera.train.rollout.TaskDevice;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The passes of an update on all slots of the cluster: a stage for the rollout under the two policies, and one for the
 * gradients of each minibatch, in which a task sums what it can. The driver adds the few sums of each task, steps, and
 * sends the parameters out again. Hidden states that critics read stay with the executors.
 */
public final class AllTasks implements Compute {
    private final JavaSparkContext spark;
    private final IntSupplier slots;
    private final Sent sent;
    private final int partSize;
    private final BlockVector fixed;
    private final Deque<Broadcast<BlockVector>> points = new ArrayDeque<>();
    private @Nullable BlockVector next;
    private @Nullable JavaRDD<Held> held;
    private double seconds;

    /** What every task needs. */
    private record Sent(Broadcast<Policy> reference, TrainJob job, int pass) implements Serializable {
        Likelihood likelihood(NetworkPool.Lease lease) {
            return new Likelihood(
                    lease.network(),
                    reference.value().tokenizer().special(),
                    job.sampling().temperature(),
                    job.memory().recompute());
        }

        NetworkPool.Lease lease() {
            return NetworkPool.lease(reference.value().config(), TaskDevice.here());
        }
    }

    /** A part of the rollout. */
    private record Indexed(int index, List<Sequence> sequences) implements Serializable {}

    /** What an executor keeps of a part. */
    private record Held(int index, Seen seen, double seconds) implements Serializable {
        Held withoutHidden() {
            return new Held(index, seen.withoutHidden(), seconds);
        }
    }

    /** What a task has summed: of losses, in the order of parts, or of critics on one part. */
    private record Summed(
            List<SumTree.Node> nodes, List<StepMetrics> figures, Map<Integer, CriticGradients> critics, double seconds)
            implements Serializable {}

    /**
     * @param pass samples of a backward pass at most
     * @param fixed what of the policy that the round starts from stays as it is
     * @param slots tasks that run at a time, asked for at each stage
     */
    public AllTasks(
            JavaSparkContext spark,
            Broadcast<Policy> reference,
            TrainJob job,
            int pass,
            BlockVector fixed,
            IntSupplier slots) {
        this.spark = spark;
        this.slots = slots;
        sent = new Sent(reference, job, pass);
        partSize = job.updateBatch();
        this.fixed = fixed;
    }

    @Override
    public Seen seen(List<Sequence> sequences, BlockVector theta, Critics critics) {
        moveTo(theta);
        List<Indexed> parts = new ArrayList<>();
        for (List<Sequence> part : Compute.parts(sequences, partSize)) {
            parts.add(new Indexed(parts.size(), List.copyOf(part)));
        }
        Sent shared = sent;
        Broadcast<BlockVector> at = here();
        Critics.Sent theirs = critics.sent();
        JavaRDD<Held> seen = spread(parts).mapPartitions(some -> held(some, shared, at.value(), theirs.critics()));
        if (critics.readReference()) {
            held = seen.persist(StorageLevel.MEMORY_AND_DISK());
        }
        List<Held> all = seen.map(Held::withoutHidden).collect();
        all.forEach(part -> seconds += part.seconds());
        return Seen.joined(all.stream().map(Held::seen).toList());
    }

    private static Iterator<Held> held(Iterator<Indexed> some, Sent sent, BlockVector composed, Critics critics) {
        long started = System.nanoTime();
        List<Indexed> parts = new ArrayList<>();
        some.forEachRemaining(parts::add);
        try (NetworkPool.Lease lease = sent.lease()) {
            List<Seen> seen = Seen.of(
                    parts.stream().map(Indexed::sequences).toList(),
                    lease.network(),
                    sent.likelihood(lease),
                    sent.reference().value(),
                    composed,
                    critics);
            List<Held> held = new ArrayList<>();
            double seconds = (System.nanoTime() - started) / 1e9 / Math.max(1, parts.size());
            for (int k = 0; k < parts.size(); k++) {
                held.add(new Held(parts.get(k).index(), seen.get(k), seconds));
            }
            return held.iterator();
        }
    }

    @Override
    public void moveTo(BlockVector theta) {
        next = theta;
    }

    /** The point to compute at, as executors have it. */
    private Broadcast<BlockVector> here() {
        BlockVector theta = next;
        if (theta != null) {
            // the first one stays: what executors hold of the rollout is computed from it again where it is lost
            if (points.size() > 1) {
                points.removeLast().destroy();
            }
            Policy policy = sent.reference().value();
            // a copy, since tasks in this process read it while the caller steps on
            points.addLast(spark.broadcast(policy.trainable().compose(fixed, theta).copy()));
            next = null;
        }
        return points.getLast();
    }

    @Override
    public Gradients gradients(
            Minibatch minibatch, int[] places, PolicyLoss loss, Critics critics, RandomKey dropout) {
        Sent all = sent;
        Broadcast<BlockVector> at = here();
        Critics.Sent theirs = critics.sent();
        JavaRDD<Summed> work = spread(PartGradient.of(minibatch, partSize, dropout))
                .mapPartitions(parts -> summed(parts, all, at.value(), loss, theirs.critics()));
        if (held != null) {
            int size = partSize;
            work = work.union(held.map(part -> ofCritics(part, minibatch, places, theirs.critics(), size)));
        }
        SumTree sums = new SumTree();
        StepMetrics figures = new StepMetrics();
        Map<Integer, CriticGradients> byPart = new TreeMap<>();
        for (Summed task : work.collect()) {
            task.nodes().forEach(sums::add);
            task.figures().forEach(figures::add);
            seconds += task.seconds();
            byPart.putAll(task.critics());
        }
        CriticGradients ofCritics = CriticGradients.none();
        byPart.values().forEach(ofCritics::add);
        return new Gradients(sums.total(), figures, ofCritics);
    }

    private static Iterator<Summed> summed(
            Iterator<PartGradient> parts, Sent sent, BlockVector composed, PolicyLoss loss, Critics critics) {
        long started = System.nanoTime();
        SumTree sums = new SumTree();
        List<StepMetrics> figures = new ArrayList<>();
        Map<Integer, CriticGradients> ofCritics = new TreeMap<>();
        try (NetworkPool.Lease lease = sent.lease()) {
            lease.network().set(sent.reference().value(), composed);
            Likelihood likelihood = sent.likelihood(lease);
            while (parts.hasNext()) {
                PartGradient part = parts.next();
                PartGradient.Sum sum = part.sum(likelihood, loss, critics, sent.pass());
                sums.add(part.index(), sum.gradients());
                figures.add(sum.figures());
                ofCritics.put(part.index(), sum.critics());
            }
        }
        return List.of(new Summed(sums.nodes(), figures, ofCritics, (System.nanoTime() - started) / 1e9))
                .iterator();
    }

    private static Summed ofCritics(Held part, Minibatch minibatch, int[] places, Critics critics, int size) {
        int[] chosen = Compute.inPart(places, part.index(), size);
        if (chosen.length == 0) {
            return new Summed(List.of(), List.of(), Map.of(), 0);
        }
        long started = System.nanoTime();
        CriticGradients gradients = critics.gradients(
                minibatch.rows(chosen),
                Minibatch.select(part.seen().hidden(), Compute.rows(places, chosen, size)),
                minibatch.tokenCount());
        return new Summed(
                List.of(), List.of(), Map.of(part.index(), gradients), (System.nanoTime() - started) / 1e9);
    }

    private <T> JavaRDD<T> spread(List<T> parts) {
        return spark.parallelize(parts, Math.max(1, Math.min(slots.getAsInt(), parts.size())));
    }

    @Override
    public double seconds() {
        return seconds;
    }

    /** Frees what executors hold for it. */
    @Override
    public void close() {
        points.forEach(Broadcast::destroy);
        points.clear();
        if (held != null) {
            held.unpersist();
            held = null;
        }
    }
}

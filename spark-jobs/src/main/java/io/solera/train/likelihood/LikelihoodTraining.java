package io.solera.train.likelihood;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Described;
import io.solera.meter.RunMeter;
import io.solera.model.Sequence;
import io.solera.problem.StopRequest;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.train.memory.MemoryNeed;
import io.solera.train.memory.MemoryRoom;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Likelihood training of a policy, data-parallel on Spark: the tasks compute gradients, the driver makes AdamW's steps.
 */
public final class LikelihoodTraining {
    private final JavaSparkContext spark;
    private final LikelihoodSettings settings;
    private final Corpus corpus;
    private final Listener listener;

    /** Receives the progress of the training. */
    public interface Listener {
        /**
         * @param nats the mean negative log-likelihood per token in this step's batch
         * @param gradientNorm before clipping
         */
        void step(long step, long steps, double nats, double gradientNorm, double learningRate, long tokens);

        /** @param heldOutNats the mean negative log-likelihood per held-out token; NaN when nothing is held out */
        void epoch(int epoch, double heldOutNats, State state);

        /** Something that whoever started the training should know, in one line. */
        default void warning(String text) {}

        /** Every so many steps, after every epoch, and before a stop: all that the rest depends on. */
        void checkpoint(State state) throws IOException;

        /** Looked at after each step. */
        default StopRequest stop() {
            return StopRequest.NEVER;
        }
    }

    /**
     * The state of training after some steps.
     *
     * @param start the policy that training began from
     * @param theta what is trained of it: its parameters, or adapters next to them
     */
    public record State(long steps, Policy start, BlockVector theta, AdamW.State optimizer) {
        /** @param key of the draw of adapters */
        public static State start(Policy policy, RandomKey key) {
            BlockVector theta = policy.trainable().start(policy.initial().whole(), key);
            return new State(0, policy, theta, AdamW.State.fresh(theta.size()));
        }

        /** The policy as it is now, with adapters merged into its parameters. */
        public Policy policy() {
            return start.with(start.trainable().merged(start.config(), start.parameters(), theta));
        }

        private State after(long more, BlockVector trained, AdamW.State moments) {
            return new State(more, start, trained.copy(), moments.copy());
        }
    }

    public LikelihoodTraining(JavaSparkContext spark, LikelihoodSettings settings, Corpus corpus, Listener listener) {
        this.spark = spark;
        this.settings = settings;
        this.corpus = corpus;
        this.listener = listener;
    }

    /**
     * The mean negative log-likelihood per held-out token of what a state has trained; NaN when nothing is held out.
     */
    double heldOut(State state) {
        Broadcast<Corpus> data = spark.broadcast(corpus);
        try (LikelihoodGradient stage = stage(state.start(), data)) {
            return stage.heldOut(state.theta()).nats();
        } finally {
            data.destroy();
        }
    }

    private LikelihoodGradient stage(Policy start, Broadcast<Corpus> data) {
        return new LikelihoodGradient(
                spark, start, data, settings.microBatch(), settings.partitions(), LikelihoodGradient.GATHERED_BLOCKS);
    }

    /** Trains from {@code state} to the last epoch; a checkpoint is given every {@code checkpointSteps}. */
    public State run(State state, int checkpointSteps) throws IOException {
        RandomKey key = RandomKey.of(settings.seed()).with("pretrain");
        requireMemory(state.start());
        Broadcast<Corpus> data = spark.broadcast(corpus);
        try (LikelihoodGradient stage = stage(state.start(), data)) {
            return run(state, checkpointSteps, stage, key);
        } finally {
            data.destroy();
        }
    }

    private State run(State state, int checkpointSteps, LikelihoodGradient stage, RandomKey key) throws IOException {
        int perEpoch = corpus.batches(settings.batchSize(), key.with(0)).size();
        long steps = (long) settings.epochs() * perEpoch;
        AdamW adam = new AdamW(settings.adam(), state.optimizer().copy());
        BlockVector theta = state.theta().copy();
        List<int[]> batches = corpus.batches(settings.batchSize(), key.with(state.steps() / perEpoch));
        for (long step = state.steps(); step < steps; step++) {
            int place = (int) (step % perEpoch);
            if (place == 0) {
                batches = corpus.batches(settings.batchSize(), key.with(step / perEpoch));
            }
            int[] batch = batches.get(place);
            RandomKey dropout = key.with("dropout").with(step);
            LikelihoodGradient.Loss loss = Described.more(
                    spark.sc(),
                    ": step %d of %d".formatted(step + 1, steps),
                    () -> stage.gradient(theta, batch, dropout));
            double norm = AdamW.clip(loss.gradient(), settings.gradientClip());
            double learningRate = settings.learningRate(step, steps);
            adam.step(theta, loss.gradient(), learningRate);
            RunMeter.set("progress.step", step + 1.0);
            RunMeter.set("progress.done", (step + 1.0) / steps);
            RunMeter.set("progress.loss", loss.nats());
            RunMeter.add("progress.tokens", (double) loss.tokens());
            listener.step(step + 1, steps, loss.nats(), norm, learningRate, loss.tokens());
            boolean epochEnds = place == perEpoch - 1;
            boolean stops = step + 1 < steps && listener.stop().isAsked();
            if (epochEnds || stops || (step + 1) % checkpointSteps == 0) {
                state = state.after(step + 1, theta, adam.state());
                if (epochEnds) {
                    listener.epoch(
                            (int) (step / perEpoch) + 1, stage.heldOut(theta).nats(), state);
                }
                listener.checkpoint(state);
            }
            if (stops) {
                listener.stop().check("after step %d of %d".formatted(step + 1, steps));
            }
        }
        return state;
    }

    private void requireMemory(Policy policy) {
        int longest = corpus.training().stream().mapToInt(Sequence::read).max().orElse(1);
        int microBatches = (settings.batchSize() + settings.microBatch() - 1) / settings.microBatch();
        MemoryRoom room = MemoryRoom.of(spark.getConf(), spark.defaultParallelism());
        int slots = Math.min(room.slots(), microBatches);
        room.check(
                "train",
                MemoryNeed.ofLikelihood(policy, settings.microBatch(), microBatches, longest, slots),
                "give it more, or lower micro-batch, or the cores of a process");
    }
}

package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Likelihood training of a policy, data-parallel on Spark: the tasks compute gradients, the driver makes AdamW's steps. */
public final class Pretraining {
    private static final AdamW.Settings ADAM = new AdamW.Settings(0.9, 0.99, 1e-8, 0);

    private final JavaSparkContext spark;
    private final PretrainSettings settings;
    private final Corpus corpus;
    private final Listener listener;

    /** What is told while it trains. */
    public interface Listener {
        void step(int epoch, long step, long steps, double nats, double gradientNorm, double learningRate, long tokens);

        void epoch(int epoch, double heldOutNats, State state);
    }

    /** All that the next epoch depends on. */
    public record State(int epochs, long steps, Policy policy, AdamW.State optimizer) {}

    public Pretraining(JavaSparkContext spark, PretrainSettings settings, Corpus corpus, Listener listener) {
        this.spark = spark;
        this.settings = settings;
        this.corpus = corpus;
        this.listener = listener;
    }

    public static State start(Policy policy) {
        return new State(0, 0, policy, AdamW.State.fresh(policy.parameters().size()));
    }

    /** Trains from {@code state} to the last epoch. */
    public State run(State state) {
        RandomKey key = RandomKey.of(settings.seed()).with("pretrain");
        Broadcast<Corpus> data = spark.broadcast(corpus);
        LikelihoodStage stage = new LikelihoodStage(spark, state.policy(), data, settings.microBatch());
        long steps = (long) settings.epochs()
                * corpus.batches(settings.batchSize(), key.with(0)).size();
        for (int epoch = state.epochs(); epoch < settings.epochs(); epoch++) {
            state = epoch(state, epoch, stage, corpus.batches(settings.batchSize(), key.with(epoch)), steps);
            double heldOut =
                    stage.heldOut(state.policy().parameters().toArray()).nats();
            listener.epoch(epoch, heldOut, state);
        }
        data.destroy();
        return state;
    }

    private State epoch(State state, int epoch, LikelihoodStage stage, List<int[]> batches, long steps) {
        float[] theta = state.policy().parameters().toArray();
        AdamW adam = new AdamW(
                new AdamW.Settings(ADAM.beta1(), ADAM.beta2(), ADAM.epsilon(), settings.weightDecay()),
                state.optimizer());
        long step = state.steps();
        for (int[] batch : batches) {
            LikelihoodStage.Loss loss = stage.gradient(theta, batch);
            double norm = AdamW.clip(loss.gradient(), settings.gradientClip());
            double learningRate = settings.learningRate(step, steps);
            adam.step(theta, loss.gradient(), learningRate);
            step++;
            listener.step(epoch, step, steps, loss.nats(), norm, learningRate, loss.tokens());
        }
        return new State(epoch + 1, step, state.policy().with(BlockVector.of(theta)), adam.state());
    }
}

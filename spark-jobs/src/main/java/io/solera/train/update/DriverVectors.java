package io.solera.train.update;

import io.solera.checkpoint.Trainable;
import io.solera.rl.AdamW;
import io.solera.rl.BlockVector;
import io.solera.rl.SumTree;
import io.solera.rl.blend.GramMatrix;
import io.solera.train.learner.KeptState;
import io.solera.train.learner.LearnerState;
import io.solera.train.learner.ParameterStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Whole on the driver, which adds what tasks have summed, steps, and sends theta out for each minibatch. */
public final class DriverVectors implements SharedVectors {
    private final JavaSparkContext spark;
    private final ParameterStore store;
    private final String learner;
    private final Trainable trainable;
    private final BlockVector fixed;
    private final HeldVectors vectors;
    private final Deque<Broadcast<BlockVector>> points = new ArrayDeque<>();
    private boolean moved = true;
    private List<BlockVector> gradients = List.of();

    /**
     * @param fixed what of the policy that the round starts from stays as it is
     * @param start whose moments are changed in place
     */
    public DriverVectors(
            JavaSparkContext spark,
            ParameterStore store,
            String learner,
            Trainable trainable,
            BlockVector fixed,
            AdamW.Settings adam,
            LearnerState start) {
        this.spark = spark;
        this.store = store;
        this.learner = learner;
        this.trainable = trainable;
        this.fixed = fixed;
        vectors = new HeldVectors(adam, start.theta(), start.moments());
    }

    @Override
    public void publish(int step) throws IOException {
        if (step > 0) {
            store.writeTheta(learner, step, vectors.theta());
        }
    }

    @Override
    public Point start() {
        return point();
    }

    @Override
    public Point point() {
        if (moved) {
            // the first one stays until the end: what executors hold of the rollout is computed from it
            if (points.size() > 1) {
                points.removeLast().destroy();
            }
            points.addLast(spark.broadcast(trainable.compose(fixed, vectors.theta())));
            vectors.share(); // tasks in this process read what was sent while the next step is made
            moved = false;
        }
        Broadcast<BlockVector> here = points.getLast();
        return here::value;
    }

    @Override
    public Sums sum(JavaRDD<AllTasks.Summed> tasks) {
        SumTree sums = new SumTree();
        List<AllTasks.Summed> done = new ArrayList<>();
        for (AllTasks.Summed task : tasks.collect()) {
            task.nodes().forEach(sums::add);
            done.add(task.withoutNodes());
        }
        gradients = sums.total();
        return new Sums(GramMatrix.of(gradients), done);
    }

    @Override
    public void step(double[] alphas, float scale, double learningRate) {
        vectors.step(gradients, alphas, scale, learningRate);
        gradients = List.of();
        moved = true;
    }

    @Override
    public void end() {
        points.forEach(Broadcast::destroy);
        points.clear();
        moved = true;
    }

    @Override
    public BlockVector theta() {
        return vectors.theta();
    }

    @Override
    public KeptState withMoments(KeptState kept) {
        return vectors.state(kept).kept(true);
    }
}

package io.solera.train.rollout;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Slots;
import io.solera.model.SamplingSettings;
import io.solera.rl.BlockVector;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Samples from policies, by micro-batch, spread over the tasks that the cluster runs then. */
public final class Rollout {
    private final JavaSparkContext spark;
    private final Broadcast<Policy> shape;
    private final Broadcast<Prompts> prompts;
    private final Slots slots;

    /** The parameters that a micro-batch is drawn from, asked for by the task that draws it. */
    public interface Parameters extends Serializable {
        BlockVector of(MicroBatch draw) throws IOException;
    }

    /** @param shape a policy of the shape of all that are drawn from */
    public Rollout(JavaSparkContext spark, Broadcast<Policy> shape, Broadcast<Prompts> prompts, Slots slots) {
        this.spark = spark;
        this.shape = shape;
        this.prompts = prompts;
        this.slots = slots;
    }

    /** The samples of each micro-batch. */
    public JavaRDD<List<RolloutSample>> sample(
            List<MicroBatch> draws, Parameters parameters, SamplingSettings sampling) {
        Broadcast<Policy> policy = shape;
        Broadcast<Prompts> asked = prompts;
        DrawCounts counts = DrawCounts.of(spark.sc());
        return spark.parallelize(draws, slots.tasks(draws.size()))
                .map(draw -> counts.add(
                        RolloutSample.of(draw, policy.value(), parameters.of(draw), asked.value(), sampling)));
    }
}

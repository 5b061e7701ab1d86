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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Samples from policies as a table, micro-batches spread over the tasks that the cluster runs then. */
public final class Rollout {
    private final SparkSession session;
    private final Broadcast<Policy> shape;
    private final Broadcast<Prompts> prompts;
    private final Slots slots;

    /** The parameters that a micro-batch is drawn from, asked for by the task that draws it. */
    public interface Parameters extends Serializable {
        BlockVector of(MicroBatch draw) throws IOException;
    }

    /** @param shape a policy of the shape of all that are drawn from */
    public Rollout(SparkSession session, Broadcast<Policy> shape, Broadcast<Prompts> prompts, Slots slots) {
        this.session = session;
        this.shape = shape;
        this.prompts = prompts;
        this.slots = slots;
    }

    /** One row per sample with the columns of {@link SampleColumns#ROLLOUT}. */
    public Dataset<Row> sample(List<MicroBatch> draws, Parameters parameters, SamplingSettings sampling) {
        Broadcast<Policy> policy = shape;
        Broadcast<Prompts> asked = prompts;
        DrawCounts counts = DrawCounts.of(session.sparkContext());
        JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(draws, slots.tasks(draws.size()))
                .flatMap(
                        draw -> counts
                                .add(RolloutSample.of(
                                        draw, policy.value(), parameters.of(draw), asked.value(), sampling))
                                .stream()
                                .map(RolloutSample::row)
                                .iterator());
        return session.createDataFrame(rows, SampleColumns.ROLLOUT);
    }
}

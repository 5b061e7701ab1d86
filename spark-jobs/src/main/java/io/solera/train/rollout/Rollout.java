package io.solera.train.rollout;

import io.solera.checkpoint.Policy;
import io.solera.cluster.Slots;
import io.solera.model.Completion;
import io.solera.model.SamplingSettings;
import io.solera.rl.BlockVector;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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
        JavaRDD<Row> rows = JavaSparkContext.fromSparkContext(session.sparkContext())
                .parallelize(draws, slots.tasks(draws.size()))
                .flatMap(draw -> rows(draw, policy.value(), parameters.of(draw), asked.value(), sampling));
        return session.createDataFrame(rows, SampleColumns.ROLLOUT);
    }

    private static Iterator<Row> rows(
            MicroBatch draw, Policy shape, BlockVector parameters, Prompts prompts, SamplingSettings sampling) {
        long begun = System.nanoTime();
        List<Completion> completions = draw.from(shape, parameters, prompts, sampling);
        float seconds = (float) ((System.nanoTime() - begun) / 1e9 / completions.size());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            Completion completion = completions.get(i);
            int place = draw.places()[i];
            Prompt prompt = prompts.all().get(place);
            rows.add(RowFactory.create(
                    draw.round(),
                    draw.learner(),
                    draw.step(),
                    draw.first() + i,
                    prompts.text(prompt, completion.tokens(), shape.tokenizer()),
                    place,
                    prompt.text(),
                    boxed(prompt.tokens()),
                    boxed(completion.tokens()),
                    boxed(completion.logProbabilities()),
                    completion.ended(),
                    seconds));
        }
        return rows.iterator();
    }

    private static Integer[] boxed(int[] values) {
        Integer[] result = new Integer[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    private static Float[] boxed(float[] values) {
        Float[] result = new Float[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}

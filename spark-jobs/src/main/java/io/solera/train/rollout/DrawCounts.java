package io.solera.train.rollout;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What Spark's page of a stage that draws says next to each task and of all: samples and their tokens. Tasks add to
 * what their closures hold, not to what their partitions do. What a task repeats counts again.
 */
public record DrawCounts(LongAccumulator samples, LongAccumulator tokens) implements Serializable {
    public static DrawCounts of(SparkContext spark) {
        return new DrawCounts(spark.longAccumulator("samples drawn"), spark.longAccumulator("tokens drawn"));
    }

    /** Adds samples, and returns them. */
    public List<RolloutSample> add(List<RolloutSample> drawn) {
        samples.add(drawn.size());
        tokens.add(RolloutSample.tokens(drawn));
        return drawn;
    }
}

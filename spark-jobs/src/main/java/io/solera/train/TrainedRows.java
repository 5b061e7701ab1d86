package io.solera.train;

import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.rollout.SampleColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** All rows of a round with what became of their samples in the updates, as one Parquet file. */
final class TrainedRows {
    private TrainedRows() {}

    /**
     * @param learners all of the run, whose objectives have a column each
     * @param filtered whether there is a column for the diversity filter
     */
    static void write(
            SparkSession session,
            TrainedRound round,
            List<String> rewards,
            List<Learner> learners,
            boolean filtered,
            String path) {
        List<String> objectives = learners.stream()
                .flatMap(learner -> learner.objectives().stream().map(Learner.Objective::name))
                .distinct()
                .toList();
        Map<String, UpdateColumns> byRollout = new LinkedHashMap<>();
        for (LearnerUpdate update : round.updates()) {
            byRollout.put(rollout(update.learner(), update.step()), UpdateColumns.of(update, objectives, filtered));
        }
        Broadcast<Map<String, UpdateColumns>> columns =
                JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(byRollout);
        Dataset<Row> all = round.rollouts().stream().reduce(Dataset::union).orElseThrow();
        try {
            session.createDataFrame(
                            all.javaRDD().map(row -> {
                                String rollout = rollout(
                                        row.getAs(SampleColumns.LEARNER), row.<Integer>getAs(SampleColumns.STEP));
                                return Objects.requireNonNull(columns.value().get(rollout))
                                        .added(row);
                            }),
                            SampleColumns.trained(rewards, objectives, filtered))
                    .coalesce(1)
                    .write()
                    .parquet(path);
        } finally {
            columns.destroy();
        }
    }

    private static String rollout(String learner, int step) {
        return learner + "/" + step;
    }
}

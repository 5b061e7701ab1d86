package io.solera.train;

import io.solera.cluster.Described;
import io.solera.store.RoundWriter;
import io.solera.store.StoredFile;
import io.solera.store.WorkFolder;
import io.solera.store.parquet.ParquetRows;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * All rows of a round with what became of their samples in the updates, as one Parquet file, which one task writes. A
 * repeated task finds the file that the first one published.
 */
final class TrainedRows {
    static final String FILE = "rollouts.parquet";

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
            RoundWriter writer) {
        List<String> objectives = learners.stream()
                .flatMap(learner -> learner.objectives().stream().map(Learner.Objective::name))
                .distinct()
                .toList();
        Map<String, UpdateColumns> byRollout = new LinkedHashMap<>();
        for (LearnerUpdate update : round.updates()) {
            byRollout.put(rollout(update.learner(), update.step()), UpdateColumns.of(update, objectives, filtered));
        }
        StructType schema = SampleColumns.trained(rewards, objectives, filtered);
        WorkFolder files = writer.files();
        Broadcast<Map<String, UpdateColumns>> columns =
                JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(byRollout);
        try (Described part = Described.more(session.sparkContext(), ": " + FILE)) {
            round.rollouts().stream()
                    .map(Dataset::javaRDD)
                    .reduce(JavaRDD::union)
                    .orElseThrow()
                    .map(row -> added(row, columns.value()))
                    .coalesce(1)
                    .mapPartitions(rows -> write(files, schema, rows).stream().iterator())
                    .collect()
                    .forEach(writer::note);
        } finally {
            columns.destroy();
        }
    }

    private static Optional<StoredFile> write(WorkFolder files, StructType schema, Iterator<Row> rows)
            throws IOException {
        return files.writeHashedOnce(FILE, out -> ParquetRows.write(out, schema, rows));
    }

    private static Row added(Row row, Map<String, UpdateColumns> columns) {
        String rollout = rollout(row.getAs(SampleColumns.LEARNER), row.<Integer>getAs(SampleColumns.STEP));
        return Objects.requireNonNull(columns.get(rollout)).added(row);
    }

    private static String rollout(String learner, int step) {
        return learner + "/" + step;
    }
}

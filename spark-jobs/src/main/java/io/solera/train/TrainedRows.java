package io.solera.train;

import io.solera.cluster.Described;
import io.solera.store.CommittedRound;
import io.solera.store.RoundWriter;
import io.solera.store.StoredFile;
import io.solera.store.WorkFolder;
import io.solera.store.parquet.ParquetRows;
import io.solera.train.learner.Learner;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.rollout.SampleColumns;
import io.solera.train.rollout.ScoredSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * All samples of a round with what became of them in the updates, as rows of one Parquet file, which one task writes. A
 * repeated task finds the file that the first one published.
 */
final class TrainedRows {
    static final String FILE = CommittedRound.ROLLOUTS;

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
        Map<String, List<double[]>> byRollout = new LinkedHashMap<>();
        for (LearnerUpdate update : round.updates()) {
            byRollout.put(rollout(update.learner(), update.step()), columns(update, objectives, filtered));
        }
        StructType schema = SampleColumns.trained(rewards, objectives, filtered);
        WorkFolder files = writer.files();
        Broadcast<Map<String, List<double[]>>> columns =
                JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(byRollout);
        try (Described part = Described.more(session.sparkContext(), ": " + FILE)) {
            round.rollouts().stream()
                    .reduce(JavaRDD::union)
                    .orElseThrow()
                    .map(sample -> row(sample, columns.value()))
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

    /**
     * What an update adds to the rows of its rollout, [column][sample]: the advantages per objective of the run, and
     * the factor of a diversity filter. A column of which it says nothing is empty.
     */
    private static List<double[]> columns(LearnerUpdate update, List<String> objectives, boolean filtered) {
        List<double[]> columns = new ArrayList<>();
        for (String objective : objectives) {
            columns.add(update.advantages().getOrDefault(objective, new double[0]));
        }
        if (filtered) {
            columns.add(update.factors());
        }
        return columns;
    }

    private static Row row(ScoredSample sample, Map<String, List<double[]>> byRollout) {
        int place = (int) sample.id();
        return sample.trained(Objects.requireNonNull(byRollout.get(rollout(sample.learner(), sample.step()))).stream()
                .map(column -> column.length == 0 ? Double.NaN : column[place])
                .toList());
    }

    private static String rollout(String learner, int step) {
        return learner + "/" + step;
    }
}

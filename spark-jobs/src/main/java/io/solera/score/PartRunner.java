package io.solera.score;

import io.solera.cluster.Described;
import io.solera.problem.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Scores the unfinished parts of a table. Each part is a task that reads its rows from a shuffle, scores every input
 * once and writes one Parquet file, which Spark's committer renames into place when it is complete, for a single
 * attempt of the task.
 */
final class PartRunner {
    private final ScoreInput input;
    private final ScorePlan plan;
    private final ScoreFolder folder;
    private final ScoredRows layout;
    private final LongAccumulator rows;

    PartRunner(ScoreInput input, ScorePlan plan, ScoreFolder folder, boolean ordered) {
        this.input = input;
        this.plan = plan;
        this.folder = folder;
        this.layout = ScoredRows.of(input, ordered);
        this.rows = input.spark().sparkContext().longAccumulator("scored rows");
    }

    /** Rows of the parts finished since this was created. */
    long rows() {
        return rows.value();
    }

    void run() throws IOException {
        List<Integer> finished = List.copyOf(folder.finished().keySet());
        if (finishedRows() == plan.survey().rows()) {
            return;
        }
        boolean first = !finished.contains(0);
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(input.spark().sparkContext());
        Broadcast<List<RewardColumn>> rewards = context.broadcast(input.rewards());
        Broadcast<SerializableConfiguration> configuration =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        String root = folder.toString();
        ScoredRows rowLayout = layout;
        LongAccumulator done = rows;
        try (Described words = Described.more(input.spark().sparkContext(), ": %d parts".formatted(plan.parts()))) {
            layout.parts(input, plan.parts(), finished)
                    .mapPartitions(
                            (MapPartitionsFunction<Row, Row>) part -> new PartScoring(
                                    part, rowLayout, rewards.value(), TaskContext.getPartitionId(), tally -> {
                                        // Spark also runs finished parts, without rows, and always writes part 0
                                        if (tally.rows() > 0 || (first && tally.part() == 0)) {
                                            folder(root, configuration.value()).tally(tally);
                                            done.add(tally.rows());
                                        }
                                    }),
                            Encoders.row(layout.schema(input)))
                    .write()
                    .mode(SaveMode.Append)
                    .option("mapreduce.fileoutputcommitter.algorithm.version", "2")
                    .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                    .parquet(folder.parts().toString());
        }
        rewards.unpersist();
        if (finishedRows() != plan.survey().rows()) {
            throw new RunException("Cannot score %s: %d rows came out of %d (does something write to it?)"
                    .formatted(input.name(), finishedRows(), plan.survey().rows()));
        }
    }

    /** Rows of all finished parts. */
    long finishedRows() throws IOException {
        return folder.finishedTallies().stream().mapToLong(PartTally::rows).sum();
    }

    /** All rows with their scores, once every part is finished. */
    Dataset<Row> scored() {
        return input.spark()
                .read()
                .option("__globPaths__", "false")
                .schema(layout.schema(input))
                .parquet(folder.parts().toString());
    }

    private static ScoreFolder folder(String root, SerializableConfiguration configuration) {
        try {
            return ScoreFolder.of(new Path(root), configuration.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

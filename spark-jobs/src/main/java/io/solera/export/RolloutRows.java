package io.solera.export;

import io.solera.store.CommittedRound;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The samples of {@code rollouts.parquet}. The columns of rewards come with the first rows. A file that was moved away
 * before its rows were appended adds none.
 */
record RolloutRows(Configuration configuration) implements RoundRows {
    @Override
    public String what() {
        return "rollouts";
    }

    @Override
    public StructType schema() {
        return SampleColumns.trained(List.of(), List.of(), false);
    }

    @Override
    public boolean has(CommittedRound round) throws IOException {
        Path file = round.path(CommittedRound.ROLLOUTS);
        return round.has(CommittedRound.ROLLOUTS)
                && file.getFileSystem(configuration).exists(file);
    }

    @Override
    public Dataset<Row> of(SparkSession spark, List<CommittedRound> rounds) {
        return spark.read()
                .option("__globPaths__", "false")
                .option("recursiveFileLookup", "true")
                .option("mergeSchema", "true")
                .parquet(rounds.stream()
                        .map(round -> round.path(CommittedRound.ROLLOUTS).toString())
                        .toArray(String[]::new));
    }
}

package io.solera.select;

import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.store.CommittedRound;
import io.solera.train.rollout.SampleColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * All stored samples of a run, from rollouts and evaluations, as one table: text and prompt, each reward raw and
 * shaped, and its origin. Of samples with the same text and prompt the earliest is kept, as their rewards are equal.
 *
 * @param rewards of the run
 */
record RunSamples(SparkSession spark, List<CommittedRound> rounds, List<String> rewards) {
    static final String EVALUATED = RunName.EVALUATION.text();

    RunSamples {
        rounds = List.copyOf(rounds);
        rewards = List.copyOf(rewards);
    }

    /** All samples; null if no round stored any. */
    @Nullable
    Dataset<Row> all() {
        Dataset<Row> all = null;
        for (CommittedRound round : rounds) {
            for (String file : List.of("rollouts.parquet", SampleColumns.EVALUATION)) {
                if (round.has(file)) {
                    Dataset<Row> table = table(round, file);
                    all = all == null ? table : all.unionByName(table);
                }
            }
        }
        return all;
    }

    /** The same without duplicates of a text and prompt. */
    Dataset<Row> distinct(Dataset<Row> all) {
        List<Column> kept = new ArrayList<>(List.of(
                functions.col(SampleColumns.ROUND),
                functions.col(SampleColumns.STEP),
                functions.col(SampleColumns.SAMPLE_ID),
                functions.col(SampleColumns.LEARNER)));
        scores().forEach(name -> kept.add(functions.col(quoted(name))));
        Column complete = functions.lit(0);
        for (String reward : rewards) {
            complete = complete.plus(functions
                    .when(functions.col(quoted(RewardField.RAW.of(reward))).isNull(), 1)
                    .otherwise(0));
        }
        // a sample with all rewards before one of a stage with only some
        kept.add(0, complete.as("absent"));
        return all.groupBy(SampleColumns.TEXT, SampleColumns.PROMPT)
                .agg(functions
                        .min(functions.struct(kept.toArray(Column[]::new)))
                        .as("sample"))
                .select(SampleColumns.TEXT, SampleColumns.PROMPT, "sample.*")
                .drop("absent");
    }

    private Dataset<Row> table(CommittedRound round, String file) {
        Dataset<Row> table = spark.read()
                .option("__globPaths__", "false")
                .parquet(round.path(file).toString());
        boolean rollout = !file.equals(SampleColumns.EVALUATION);
        List<Column> columns = new ArrayList<>(List.of(
                functions.col(SampleColumns.TEXT),
                functions.col(SampleColumns.PROMPT),
                functions.lit(round.round()).as(SampleColumns.ROUND),
                (rollout ? functions.col(SampleColumns.LEARNER) : functions.lit(EVALUATED)).as(SampleColumns.LEARNER),
                (rollout ? functions.col(SampleColumns.STEP) : functions.lit(Integer.MAX_VALUE)).as(SampleColumns.STEP),
                functions.col(SampleColumns.SAMPLE_ID)));
        List<String> there = Arrays.asList(table.columns());
        for (String name : scores()) {
            columns.add((there.contains(name)
                            ? table.col(quoted(name))
                            : functions.lit(null).cast("double"))
                    .as(name));
        }
        return table.select(columns.toArray(Column[]::new));
    }

    private List<String> scores() {
        List<String> names = new ArrayList<>();
        for (String reward : rewards) {
            names.add(RewardField.RAW.of(reward));
            names.add(RewardField.SHAPED.of(reward));
        }
        return names;
    }

    static String quoted(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}

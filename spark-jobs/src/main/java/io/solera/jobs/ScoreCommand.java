package io.solera.jobs;

import io.solera.config.RewardSettings;
import io.solera.reward.Status;
import io.solera.score.OutputPath;
import io.solera.score.RewardList;
import io.solera.score.TableFormat;
import io.solera.score.TableScoring;
import io.solera.score.TableWriter;
import io.solera.score.Tables;
import io.solera.score.Tally;
import io.solera.train.RewardSet;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Add rewards to a table of molecules.",
            "Every column of the input stays as it is. Each reward adds a column with its raw value, empty where it is missing, and"
                    + " one named <reward>_status: ok, invalid-input, not-applicable, timed-out or failed. A reward that is listed twice with"
                    + " other arguments has them in the column's name."
        },
        footer = {
            "",
            "Examples:",
            "  solera score --input examples/molecules.csv --rewards qed,sa,logp --output scored.csv",
            "  solera score --input hdfs:///library.parquet --rewards \"qed,similarity(reference='CCO')\" --output hdfs:///scored.parquet",
            "",
            "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 it failed on the way."
        })
final class ScoreCommand implements Callable<Integer> {
    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description =
                    "The table, on any Hadoop file system: .csv (with a header), .parquet, .json or .jsonl (an object per line),"
                            + " .smi or .txt (a SMILES per line); text also with .gz or .bz2.")
    private String input = "";

    @Option(
            names = "--column",
            defaultValue = Tables.SMILES,
            paramLabel = "NAME",
            description = "The column that holds the SMILES (default: ${DEFAULT-VALUE}).")
    private String column = "";

    @Option(
            names = "--rewards",
            required = true,
            paramLabel = "LIST",
            description =
                    "Rewards of the catalogue, separated by commas, with arguments in parentheses; see 'solera rewards'.")
    private String rewards = "";

    @Option(
            names = "--output",
            required = true,
            paramLabel = "PATH",
            description =
                    "The result: .csv, .parquet, .json or .jsonl. A .csv on a local disk is one file with the rows in their order,"
                            + " all else a folder of parts.")
    private String output = "";

    @Option(names = "--overwrite", description = "Replace what is at --output.")
    private boolean overwrite;

    @Option(
            names = "--prefix",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Put before the names of the new columns (default: nothing).")
    private String prefix = "";

    @Override
    public Integer call() throws Exception {
        Map<String, RewardSettings> settings = RewardList.parse(rewards);
        TableFormat.of(input);
        if (TableFormat.of(output) == TableFormat.SMILES) {
            throw new IllegalArgumentException(
                    "Invalid output: %s (must end in .csv, .parquet, .json or .jsonl)".formatted(output));
        }
        SparkSession spark = SparkSessions.open("score");
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        OutputPath target = OutputPath.of(output, configuration, overwrite);
        if (target.isSameAs(input, configuration)) {
            throw new IllegalArgumentException("Cannot write %s: it is the input".formatted(output));
        }
        Dataset<Row> table = Tables.read(spark, input);
        RewardSet set = RewardSet.of(settings, new Models(configuration, null));
        score(spark, table, set, target);
        return ExitCode.DONE;
    }

    private void score(SparkSession spark, Dataset<Row> table, RewardSet set, OutputPath target) throws Exception {
        long begun = System.nanoTime();
        TableScoring scoring = new TableScoring(spark, set, prefix);
        try {
            Dataset<Row> scored = scoring.score(table, input, column).persist(StorageLevel.MEMORY_AND_DISK());
            List<Tally> tallies = Tally.of(scored, scoring.columns());
            double seconds = (System.nanoTime() - begun) / 1e9;
            new TableWriter(target).write(scored);
            scored.unpersist();
            print(System.out, tallies, seconds);
        } catch (Exception e) {
            throw Tables.unreadable(input, e);
        }
        set.problems().forEach(problem -> System.err.println("solera: " + problem));
    }

    private void print(PrintStream out, List<Tally> tallies, double seconds) {
        int width = tallies.stream()
                .mapToInt(tally -> tally.column().length())
                .max()
                .orElse(0);
        String form = "%-" + Math.max(width, 6) + "s  %12s  %12s  %s%n";
        out.printf(form, "reward", "ok", "mean", "missing");
        for (Tally tally : tallies) {
            out.printf(
                    form,
                    tally.column(),
                    tally.ok(),
                    Double.isNaN(tally.mean()) ? "-" : String.format(Locale.ROOT, "%.4f", tally.mean()),
                    missing(tally.missing()));
        }
        long rows = tallies.get(0).rows();
        out.printf(
                Locale.ROOT, "%d rows in %.1f s (%.3g rows/s), written to %s%n", rows, seconds, rows / seconds, output);
    }

    private static String missing(Map<Status, Long> missing) {
        return missing.isEmpty()
                ? "0"
                : missing.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().text())
                        .collect(Collectors.joining(", "));
    }
}

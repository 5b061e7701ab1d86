package io.solera.jobs;

import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.TextTable;
import io.solera.jobs.options.OverwriteOption;
import io.solera.jobs.options.TextFileOptions;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.RequestException;
import io.solera.reward.sql.RewardFunctionCatalog;
import io.solera.score.LocalQueries;
import io.solera.table.TableName;
import io.solera.table.Tables;
import io.solera.table.file.TableFormat;
import io.solera.table.output.OutputPath;
import io.solera.table.output.TableWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = {
            "Run a query of Spark SQL in which every reward is a function.",
            "rewards.NAME(text) and solera_NAME(text) give the value of a reward, or NULL; NAME_status says why. The "
                    + "table function"
                    + " solera_score(TABLE(t), 'column', 'rewards') adds a value and a status per reward, and is the "
                    + "fastest way to evaluate learned rewards. Arguments follow the text as constants: "
                    + "values in the catalogue's order, or 'name=value, ...'."
        },
        footer = {
            "",
            "Examples:",
            "  solera sql \"SELECT rewards.qed('CCO')\"",
            "  solera sql --input m=examples/molecules.csv \"SELECT smiles, solera_qed(smiles) AS qed FROM m ORDER BY "
                    + "qed DESC\"",
            "  solera sql --input m=library.parquet --output scored.parquet"
                    + " \"SELECT * FROM solera_score(TABLE(m), 'smiles', 'qed,activity(model=gsk3)')\"",
            "  solera sql \"DESCRIBE FUNCTION EXTENDED solera_similarity\"",
            "",
            "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 it failed on the way."
        })
final class SqlCommand implements Callable<Integer> {
    @Parameters(paramLabel = "QUERY", description = "One statement of Spark SQL.")
    private String query = "";

    @Option(
            names = "--input",
            paramLabel = "NAME=PATH",
            description = "A table that the query can use; repeatable: .csv, .parquet, .json, .jsonl, .smi or .txt.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Mixin
    private TextFileOptions text = new TextFileOptions();

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "Write the rows to this file instead of printing them: .csv, .parquet, .json or .jsonl.")
    private @Nullable String output;

    @Mixin
    private OverwriteOption overwrite = new OverwriteOption();

    @Option(
            names = "--rows",
            defaultValue = "20",
            paramLabel = "N",
            description = "Number of rows to print (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Override
    public Integer call() throws Exception {
        if (rows < 1) {
            throw new RequestException("Invalid --rows: %d (must be at least 1)".formatted(rows));
        }
        SparkSessions.run("sql", spark -> {
            spark.conf().set("spark.sql.catalog.rewards", RewardFunctionCatalog.class.getName());
            OutputPath target = output == null ? null : target(spark, output);
            if (target != null) {
                target.requireApart(inputs.values(), spark.sparkContext().hadoopConfiguration());
            }
            for (Map.Entry<String, String> input : inputs.entrySet()) {
                Tables.read(spark, new TableName(input.getValue(), null, text.options()))
                        .createOrReplaceTempView(input.getKey());
            }
            Dataset<Row> result = spark.sql(query.strip().replaceFirst(";$", ""));
            LocalQueries.suit(result);
            if (target != null) {
                target.requireApart(
                        OutputPath.files(result), spark.sparkContext().hadoopConfiguration());
                new TableWriter(target).write(result);
                System.out.printf("written to %s%n", output);
            } else if (result.columns().length > 0) {
                show(result);
            }
        });
        return ExitCode.DONE;
    }

    private OutputPath target(SparkSession spark, String path) throws IOException {
        if (TableFormat.of(path) == TableFormat.SMILES) {
            throw new RequestException(
                    "Invalid output: %s (must end in .csv, .parquet, .json or .jsonl)".formatted(path));
        }
        return overwrite.path(path, spark.sparkContext().hadoopConfiguration(), "sql");
    }

    private void show(Dataset<Row> result) {
        List<Row> first = result.limit(rows + 1).collectAsList();
        TextTable.print(System.out, List.of(result.columns()), first.subList(0, Math.min(rows, first.size())));
        if (first.size() > rows) {
            System.out.printf("the first %d rows; --rows shows more, --output writes all%n", rows);
        }
    }
}

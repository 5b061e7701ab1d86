package io.solera.jobs;

import io.solera.config.RewardSettings;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.StopNotice;
import io.solera.jobs.input.Models;
import io.solera.jobs.options.AllowOption;
import io.solera.jobs.options.TextFileOptions;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.RequestException;
import io.solera.score.CostEstimate;
import io.solera.score.InputColumns;
import io.solera.score.RewardColumn;
import io.solera.score.RewardList;
import io.solera.score.ScoreInput;
import io.solera.score.ScoreJob;
import io.solera.score.ScoreOutput;
import io.solera.score.ScoreReport;
import io.solera.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Add rewards to a table of molecules, proteins, DNA or texts.",
            "All columns of the input are kept. Each reward adds a column with its raw value, empty if"
                    + " missing, and a column <reward>_status: ok, invalid-input, not-applicable, timed-out"
                    + " or failed. If a reward is listed twice with different arguments, the column names"
                    + " include them. Equal inputs are scored once. A killed job can be resumed with"
                    + " --resume; its state is in <output>.solera until it is done."
        },
        footer = {
            "",
            "Examples:",
            "  solera score --input examples/molecules.csv --rewards qed,sa,logp --output scored.csv",
            "  solera score --input hdfs:///library.parquet --rewards \"qed,similarity(reference='CCO')\" --output "
                    + "hdfs:///scored.parquet",
            "  solera score --input table:lab.made --rewards qed,sa --output table:lab.scored --quarantine bad.csv",
            "",
            "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 it failed: run it again with --resume."
        })
final class ScoreCommand implements Callable<Integer> {
    @Option(
            names = "--input",
            required = true,
            paramLabel = "TABLE",
            description =
                    "A path on any Hadoop file system: .csv or .tsv (with a header), .parquet, .orc, .avro, .json or "
                            + ".jsonl (objects),"
                            + " .smi or .txt (a SMILES per line, and its name), .sdf, .fasta, a file or a folder of "
                            + "them; text also with"
                            + " .gz or .bz2. Or a table of a catalog: table:NAME or CATALOG.DB.TABLE.")
    private String input = "";

    @Option(
            names = "--input-format",
            paramLabel = "NAME",
            description =
                    "The format of --input if its extension does not determine it: any Spark format, such as parquet "
                            + "or delta.")
    private @Nullable String inputFormat;

    @Mixin
    private TextFileOptions text = new TextFileOptions();

    @Option(
            names = "--column",
            paramLabel = "[KIND=]NAME",
            description = "The column that rewards read, or that rewards of a kind (smiles, protein, dna or text) "
                    + "read, as in protein=sequence; repeatable. Default: the column with the name of the kind; for "
                    + "text without such a column, smiles, protein or dna.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--rewards",
            required = true,
            paramLabel = "LIST",
            description =
                    "Comma-separated rewards of the catalogue, with arguments in parentheses, optionally followed by "
                            + "AS and a column name; see 'solera rewards'.")
    private String rewards = "";

    @Option(
            names = "--output",
            required = true,
            paramLabel = "TABLE",
            description = "The result: .csv, .tsv, .parquet, .orc, .avro, .json, .jsonl, .sdf or .fasta, or"
                    + " table:NAME or CATALOG.DB.TABLE. Text on a local disk is a single file with the rows in order,"
                    + " everything else a folder of parts.")
    private String output = "";

    @Option(
            names = "--output-format",
            paramLabel = "NAME",
            description = "The format of --output if its extension does not determine it, such as delta.")
    private @Nullable String outputFormat;

    @Option(
            names = "--partition-by",
            split = ",",
            paramLabel = "COLUMNS",
            description = "Columns of the input that become name=value folders of the output.")
    private List<String> folders = new ArrayList<>();

    @Option(
            names = "--quarantine",
            paramLabel = "TABLE",
            description = "Where rows go, besides the output, whose input is missing or invalid, or with which a reward"
                    + " failed or timed out: with reward and reason.")
    private @Nullable String quarantine;

    @Option(names = "--overwrite", description = "Replace the existing --output and --quarantine.")
    private boolean overwrite;

    @Option(
            names = "--resume",
            description = "Resume this job after it was killed: only missing parts are scored. Starts the job if "
                    + "there is none.")
    private boolean resume;

    @Option(names = "--explain", description = "Only score a sample, and report what the job would cost.")
    private boolean explain;

    @Mixin
    private AllowOption allow = new AllowOption();

    @Option(
            names = "--prefix",
            defaultValue = "",
            paramLabel = "TEXT",
            description = "Prefix of the names of the new columns (default: none).")
    private String prefix = "";

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Map<String, RewardSettings> settings = RewardList.parse(rewards);
        InputColumns inputs = InputColumns.parse(columns);
        TableName source = new TableName(input, inputFormat, text.options());
        TableName target = new TableName(output, outputFormat);
        SparkSessions.run("score", spark -> {
            ScoreOutput result = ScoreOutput.of(spark, target, folders);
            result.requireOther(source);
            ScoreOutput bad =
                    quarantine == null ? null : ScoreOutput.of(spark, new TableName(quarantine, null), List.of());
            if (output.equals(quarantine)) {
                throw new RequestException("Invalid quarantine: %s (must not be the output)".formatted(quarantine));
            }
            Models models = new Models(spark.sparkContext().hadoopConfiguration(), null, allow.permissions());
            List<RewardColumn> set = RewardColumn.of(settings, prefix, inputs, models);
            result.requireApart(models.inputs());
            if (bad != null) {
                bad.requireOther(source);
                bad.requireApart(models.inputs());
                if (!target.catalogued() && quarantine != null) {
                    bad.requireApart(List.of(output));
                    result.requireApart(List.of(quarantine));
                }
            }
            if (!overwrite && !resume && !explain) {
                result.requireNew();
            }
            ScoreInput table = ScoreInput.of(spark, source, set);
            if (explain) {
                ScoreInput.Survey survey = table.survey();
                int cores = spark.sparkContext().defaultParallelism();
                ScoreReport.explain(System.out, table, survey, CostEstimate.of(table, survey), cores);
                return;
            }
            Optional<ScoreJob.Outcome> outcome;
            try (StopNotice notice = StopNotice.atOnce(
                    StopNotice.request(command, List.of(List.of("--resume"))),
                    "in the middle, its finished parts are kept")) {
                outcome = new ScoreJob(table, result, bad, overwrite, resume).run(System.out);
            }
            outcome.ifPresentOrElse(
                    done -> ScoreReport.print(System.out, done, output),
                    () -> System.out.printf("%s is done already%n", output));
            set.stream()
                    .flatMap(each -> each.problems().stream())
                    .forEach(problem -> System.err.println("solera: " + problem));
        });
        return ExitCode.DONE;
    }
}

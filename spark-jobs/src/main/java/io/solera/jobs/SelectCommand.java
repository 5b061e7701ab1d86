package io.solera.jobs;

import io.solera.config.RewardSettings;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.SelectionConsole;
import io.solera.jobs.input.Models;
import io.solera.jobs.options.AllowOption;
import io.solera.jobs.options.OverwriteOption;
import io.solera.jobs.session.SparkSessions;
import io.solera.score.RewardList;
import io.solera.select.RunSelection;
import io.solera.table.TableName;
import io.solera.table.Tables;
import io.solera.table.output.OutputPath;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "select",
        mixinStandardHelpOptions = true,
        description = {
            "List the best distinct samples of a run, to take to the laboratory.",
            "From all stored samples of the rounds: those with every reward within its thresholds, sorted by"
                    + " the geometric mean of their shaped rewards, each molecule (or text) once. The list"
                    + " has every reward raw and shaped, the similarity to a learned reward's training data,"
                    + " the nearest known molecule, and the round, expert and step of the first occurrence."
        },
        footer = {
            "",
            "Examples:",
            "  solera select runs/mine --top 20",
            "  solera select runs/mine --top 500 --diverse --output list.sdf",
            "  solera select runs/mine --rewards \"mw,tpsa,similarity(reference='CCO')\" --known actives.smi --output "
                    + "list.csv",
            "",
            "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 it failed."
        })
final class SelectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "A run folder, on any Hadoop file system.")
    private String run = "";

    @Option(
            names = "--top",
            defaultValue = "100",
            paramLabel = "N",
            description = "Maximum number of samples (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--round", paramLabel = "N", description = "Only samples of this round (default: all rounds).")
    private @Nullable Integer round;

    @Option(
            names = "--rewards",
            defaultValue = "",
            paramLabel = "LIST",
            description = "Additional rewards for the list; they do not change its order. See 'solera rewards'.")
    private String rewards = "";

    @Option(
            names = "--diverse",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "DISTANCE",
            description = "Leave out samples closer than this to a better one: Tanimoto distance of ECFP4"
                    + " fingerprints, or of sets of letter trigrams for other texts (default 0.4); or"
                    + " 'scaffold': one of each Murcko scaffold.")
    private @Nullable String diverse;

    @Option(
            names = "--known",
            paramLabel = "TABLE",
            description = "Known molecules: the nearest one is listed with its similarity. Those that the run's replay "
                    + "started with are always known.")
    private @Nullable String known;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Write the list to this file instead of printing it: .csv, .parquet, .json or .jsonl; molecules "
                            + "also .sdf,"
                            + " proteins and DNA also .fasta, .fa, .faa or .fna.")
    private @Nullable String output;

    @Mixin
    private OverwriteOption overwrite = new OverwriteOption();

    @Mixin
    private AllowOption allow = new AllowOption();

    @Override
    public Integer call() throws Exception {
        Map<String, RewardSettings> more = rewards.isBlank() ? Map.of() : RewardList.parse(rewards);
        SparkSessions.run("select", spark -> {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            RunSelection selection = RunSelection.of(spark, run);
            OutputPath target = null;
            if (output != null) {
                selection.requireOutput(output);
                target = overwrite.path(output, configuration, "select");
                target.requireApart(known == null ? List.of(run) : List.of(run, known), configuration);
            }
            List<String> texts =
                    known == null ? List.of() : Tables.textList(spark, new TableName(known, null), Tables.SMILES);
            RunSelection.Result result = selection.of(
                    new RunSelection.Request(top, round, more, diverse, texts),
                    new Models(configuration, null, allow.permissions()));
            if (target != null) {
                selection.write(result, target);
                result.counts().forEach(System.out::println);
                System.out.printf("written to %s%n", output);
            } else {
                if (!result.rows().isEmpty()) {
                    SelectionConsole.print(System.out, result);
                }
                result.counts().forEach(System.out::println);
            }
            result.problems().forEach(problem -> System.err.println("solera: " + problem));
        });
        return ExitCode.DONE;
    }
}

package io.solera.jobs;

import io.solera.fit.FragmentCount;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.options.OverwriteOption;
import io.solera.jobs.options.TextFileOptions;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.RequestException;
import io.solera.reward.molecule.descriptor.SaFragmentFile;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.table.Tables;
import io.solera.table.output.OutputPath;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sa-table",
        mixinStandardHelpOptions = true,
        description = {
            "Count molecular fragments for the synthetic accessibility reward.",
            "A fragment that is common in the given molecules counts as easy to make. Every molecule counts once, "
                    + "however often and in"
                    + " whatever spelling it occurs. Use the result with sa(table=FILE)."
        },
        footer = {
            "",
            "Example:",
            "  solera sa-table --data chembl.smi.gz,in-house.csv --output fragments.bin.gz",
            "  solera score --input library.csv --rewards \"sa(table=fragments.bin.gz)\" --output scored.csv"
        })
final class SaTableCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            required = true,
            split = ",",
            paramLabel = "PATH",
            description =
                    "Tables of molecules, separated by commas: .smi, .txt, .csv, .parquet, .json or .jsonl; text also "
                            + "with .gz.")
    private List<String> data = List.of();

    @Mixin
    private TextFileOptions text = new TextFileOptions();

    @Option(
            names = "--column",
            defaultValue = Tables.SMILES,
            paramLabel = "NAME",
            description = "The column of SMILES in every table (default: ${DEFAULT-VALUE}).")
    private String column = "";

    @Option(
            names = "--leave-out",
            split = ",",
            paramLabel = "PATH",
            description = "Tables of molecules to exclude, such as those used to evaluate the reward.")
    private List<String> leaveOut = List.of();

    @Option(
            names = "--least",
            defaultValue = "1",
            paramLabel = "N",
            description = "Leave out fragments that occur fewer times (default: ${DEFAULT-VALUE}).")
    private int least;

    @Option(
            names = "--slope",
            defaultValue = "1",
            paramLabel = "X",
            description = "Of a linear calibration to another table's scores: score = intercept + slope * own (default:"
                    + " ${DEFAULT-VALUE}).")
    private double slope;

    @Option(
            names = "--intercept",
            defaultValue = "0",
            paramLabel = "X",
            description = "Of the same (default: ${DEFAULT-VALUE}).")
    private double intercept;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The file of the table.")
    private @Nullable String output;

    @Mixin
    private OverwriteOption overwrite = new OverwriteOption();

    @Override
    public Integer call() throws Exception {
        if (least < 1) {
            throw new RequestException("Invalid least: %d (must be at least 1)".formatted(least));
        }
        if (!Double.isFinite(slope) || !Double.isFinite(intercept)) {
            throw new RequestException("Invalid calibration: %s + %s x (must be finite)".formatted(intercept, slope));
        }
        SparkSessions.run("sa-table", spark -> {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            OutputPath target = overwrite.path(String.valueOf(output), configuration, "sa-table");
            target.requireApart(data, configuration);
            target.requireApart(leaveOut, configuration);
            FragmentCount count = FragmentCount.of(spark, data, leaveOut, text.options(), column);
            SaFragments table = count.fragments().toTable(least).calibrated(slope, intercept);
            target.write(out -> SaFragmentFile.write(table, out));
            System.out.printf(
                    "%d texts read, %d of them not counted (no valid molecule, or too large), %d molecules counted, "
                            + "%d fragments"
                            + " written to %s%n",
                    count.texts(), count.unreadable(), count.molecules(), table.size(), target.name());
        });
        return ExitCode.DONE;
    }
}

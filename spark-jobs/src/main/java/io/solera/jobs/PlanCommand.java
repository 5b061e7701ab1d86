package io.solera.jobs;

import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.cluster.HadoopConfigurations;
import io.solera.cluster.SharedFolder;
import io.solera.config.TrainJob;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.PlanTable;
import io.solera.jobs.input.JobFile;
import io.solera.jobs.input.PlanInputs;
import io.solera.jobs.options.ClusterOptions;
import io.solera.jobs.options.JobOption;
import io.solera.jobs.options.OverwriteOption;
import io.solera.jobs.session.SparkSessions;
import io.solera.plan.Calibration;
import io.solera.plan.Plan;
import io.solera.plan.Rates;
import io.solera.plan.RatesFile;
import io.solera.problem.RequestException;
import io.solera.problem.SettingException;
import io.solera.store.storage.Deletion;
import io.solera.store.storage.PrivateFolder;
import io.solera.store.storage.StoragePath;
import io.solera.table.output.OutputPath;
import io.solera.train.RunInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Predict what a job takes on a cluster: time, memory and bytes moved, by part.",
            "From rates that were measured: by short runs of the job's own pieces (--calibrate, some minutes on an"
                    + " idle machine), by a run, or by an earlier plan (--from). docs/plan.md has the formulas, what"
                    + " they assume, and how well they were met."
        },
        footer = {
            "",
            "Examples:",
            "  solera plan --config job.yaml --executors 2 --calibrate --output plan.json",
            "  solera plan --config other.yaml --executors 100 --slots 4 --from plan.json --price-per-hour 0.40",
            "  solera plan --config job.yaml --executors 8 --from runs/mine",
            "",
            "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 it failed."
        })
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private JobOption config = new JobOption();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the job, such as steps-per-round=8.")
    private List<String> overrides = new ArrayList<>();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--calibrate",
            description = "Measure on this machine, on the executors that Spark has (all cores of this process,"
                    + " unless spark.master says otherwise).")
    private boolean calibrate;

    @Option(
            names = "--from",
            paramLabel = "PATH",
            description = "Rates of a run (its folder), or of an earlier plan (its --output).")
    private @Nullable String from;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "N",
            description = "The longest prompt in tokens, for memory (default: as the job's table has it).")
    private @Nullable Integer promptTokens;

    @Option(names = "--output", paramLabel = "FILE", description = "Also write the plan and its rates as JSON.")
    private @Nullable String output;

    @Mixin
    private OverwriteOption overwrite = new OverwriteOption();

    @Override
    public Integer call() throws Exception {
        cluster.check();
        if (calibrate == (from != null)) {
            throw new RequestException(
                    calibrate
                            ? "Invalid --from: with --calibrate (must be one of them)"
                            : "Cannot plan: nothing was measured (measure the job with --calibrate, or name a run or an"
                                    + " earlier plan with --from)");
        }
        if (promptTokens != null && promptTokens < 1) {
            throw new SettingException("--prompt-tokens", promptTokens, "must be at least 1");
        }
        JobFile file = config.read();
        TrainJob asked = TrainJob.read(file.yaml(), overrides);
        Configuration configuration = HadoopConfigurations.ofSpark();
        OutputPath target = output == null ? null : overwrite.path(output, configuration, "plan");
        if (target != null && from != null) {
            target.requireApart(List.of(from), configuration);
        }
        NetworkConfig network = PlanInputs.network(asked.model(), configuration);
        TrainJob job = TrainJob.read(file.yaml(), overrides, network.contextLength());
        if (from != null) {
            plan(job, network, longestPrompt(job, file.yaml()), PlanInputs.rates(from, configuration), target);
        } else {
            SparkSessions.run("plan", spark -> calibrated(spark, file.yaml(), job, target));
        }
        return ExitCode.DONE;
    }

    private void calibrated(SparkSession spark, String yaml, TrainJob job, @Nullable OutputPath target)
            throws IOException {
        requireSharedFolder(spark);
        RunInputs inputs = PlanInputs.run(spark, job, yaml, overrides);
        Rates rates =
                Calibration.measure(spark, yaml, overrides, inputs, what -> System.out.println("measuring: " + what));
        System.out.println();
        plan(job, inputs.reference().config(), inputs.prompts().longest(), rates, target);
    }

    /** Short runs are in a folder of this machine. */
    private static void requireSharedFolder(SparkSession spark) throws IOException {
        Path folder = PrivateFolder.create();
        try {
            SharedFolder.require(
                    JavaSparkContext.fromSparkContext(spark.sparkContext()),
                    StoragePath.of(folder.toString()),
                    "calibrate",
                    spark.sparkContext().hadoopConfiguration());
        } finally {
            Deletion.temporary(folder);
        }
    }

    /** Of a job without prompts the begin token. */
    private int longestPrompt(TrainJob job, String yaml) throws Exception {
        if (promptTokens != null || job.prompts() == null) {
            return promptTokens == null ? 1 : promptTokens;
        }
        int[] longest = new int[1];
        SparkSessions.run(
                "plan",
                spark -> longest[0] =
                        PlanInputs.run(spark, job, yaml, overrides).prompts().longest());
        return longest[0];
    }

    private void plan(TrainJob job, NetworkConfig network, int longest, Rates rates, @Nullable OutputPath target)
            throws IOException {
        Plan plan = Plan.of(
                new Plan.Request(job, network, longest, cluster.bandwidth(), cluster.price(), cluster.machineMib()),
                cluster.of(rates),
                rates);
        if (target != null) {
            byte[] text = PrettyJson.text(RatesFile.json(plan, rates)).getBytes(StandardCharsets.UTF_8);
            target.write(out -> out.write(text));
        }
        PlanTable.print(System.out, plan, job.method());
    }
}

package io.solera.jobs;

import com.google.gson.JsonObject;
import io.solera.bench.Benchmark;
import io.solera.bench.Host;
import io.solera.bench.Repeats;
import io.solera.bench.RoundBenchmark;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.cluster.HadoopConfigurations;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.Version;
import io.solera.jobs.input.Models;
import io.solera.jobs.options.OverwriteOption;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Input;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import io.solera.table.output.OutputPath;
import io.solera.train.memory.ResidentMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure how fast this machine samples, updates and scores.",
            "Each measurement runs on one thread and is the median of repeats, so the figures are per core. Run it on "
                    + "an idle machine; docs/bench.md explains each figure."
        })
final class BenchCommand implements Callable<Integer> {
    /** One core, so that the parts of a round add up. */
    private static final Map<String, String> ONE_CORE = Map.of(
            "spark.master", "local[1]",
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.ui.enabled", "false");

    @Option(
            names = "--model",
            defaultValue = Models.PRIOR,
            paramLabel = "FOLDER",
            description = "The policy: a folder in the Hugging Face layout, or prior, which ships with Solera (default:"
                    + " ${DEFAULT-VALUE}).")
    private String model = "";

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "S",
            description = "Seconds for each of about ten measurements (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--output", paramLabel = "FILE", description = "Also write the figures as JSON, with versions.")
    private @Nullable String output;

    @Mixin
    private OverwriteOption overwrite = new OverwriteOption();

    private final JsonObject figures = new JsonObject();

    @Override
    public Integer call() throws Exception {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new RequestException("Invalid seconds: %s (must be above 0)".formatted(seconds));
        }
        Configuration configuration = HadoopConfigurations.ofSpark();
        OutputPath target = output == null ? null : overwrite.path(output, configuration, "bench");
        Models models = new Models(configuration);
        Policy policy = models.policy(model);
        if (target != null) {
            target.requireApart(models.inputs(), configuration);
        }
        figures.add("versions", Host.json(new Version().getVersion()[0].replaceFirst("^solera ", "")));
        JsonObject about = new JsonObject();
        about.addProperty("name", model);
        about.addProperty("parameters", policy.parameters().size());
        figures.add("model", about);
        figures.addProperty("seconds_per_measurement", seconds);
        System.out.printf("%-24s %12s  %-16s %s%n", "on one core", "median", "unit", "repeats");
        network(new Benchmark(policy, seconds));
        scoring(new Benchmark(policy, seconds), new Models(configuration, policy, Set.of()));
        round(policy);
        memory();
        if (target != null) {
            byte[] text = PrettyJson.text(figures).getBytes(StandardCharsets.UTF_8);
            target.write(out -> out.write(text));
        }
        return ExitCode.DONE;
    }

    private void network(Benchmark benchmark) throws Exception {
        Repeats sampling = benchmark.sampling();
        figures.add("sampling", json(sampling, "tokens_per_second", "molecules_per_second"));
        row("sampling", sampling.perSecond()[0], "tokens/s", sampling.count());
        row("", sampling.perSecond()[1], "molecules/s", sampling.count());
        Repeats update = benchmark.update();
        figures.add("update", json(update, "tokens_per_second"));
        row("update", update.perSecond()[0], "tokens/s", update.count());
    }

    private void scoring(Benchmark benchmark, Models models) throws Exception {
        List<String> texts = benchmark.texts();
        JsonObject scoring = new JsonObject();
        for (RewardEntry entry : RewardCatalogue.ENTRIES) {
            boolean plain = entry.input() == Input.SMILES && entry.example().equals(entry.name());
            if (plain || entry.name().equals("fluency")) {
                Repeats repeats = benchmark.scoring(entry.name(), texts, models);
                scoring.add(entry.name(), json(repeats, "molecules_per_second"));
                row("scoring, " + entry.name(), repeats.perSecond()[0], "molecules/s", repeats.count());
            }
        }
        figures.add("scoring", scoring);
    }

    private void round(Policy policy) throws Exception {
        boolean free = System.getProperty("spark.master") == null;
        if (free) {
            ONE_CORE.forEach(System::setProperty);
        }
        try {
            SparkSessions.run("bench", spark -> round(spark, policy));
        } finally {
            if (free) {
                ONE_CORE.keySet().forEach(System::clearProperty);
            }
        }
    }

    private void round(SparkSession spark, Policy policy) throws Exception {
        RoundBenchmark round = RoundBenchmark.run(
                spark, policy, new Models(spark.sparkContext().hadoopConfiguration(), policy, Set.of()));
        JsonObject json = new JsonObject();
        json.addProperty("seconds", round.seconds());
        json.addProperty("generation_seconds", round.generation());
        json.addProperty("scoring_seconds", round.scoring());
        json.addProperty("update_seconds", round.update());
        json.addProperty("rest_seconds", round.rest());
        json.addProperty("cores", spark.sparkContext().defaultParallelism());
        figures.add("round", json);
        int repeats = RoundBenchmark.ROUNDS - 1;
        row("round", round.seconds(), "s", repeats);
        row("  generation", round.generation(), "s", repeats);
        row("  scoring", round.scoring(), "s", repeats);
        row("  update", round.update(), "s", repeats);
        row("  rest", round.rest(), "s", repeats);
    }

    private void memory() {
        double peak = ResidentMemory.peakMebibytes();
        if (Double.isNaN(peak)) {
            figures.addProperty("peak_resident_mebibytes", "unknown");
            System.out.printf("%-24s %12s%n", "peak resident memory", "unknown");
        } else {
            figures.addProperty("peak_resident_mebibytes", peak);
            row("peak resident memory", peak, "MiB", 1);
        }
    }

    private static JsonObject json(Repeats repeats, String... names) {
        JsonObject json = new JsonObject();
        for (int k = 0; k < names.length; k++) {
            json.addProperty(names[k], repeats.perSecond()[k]);
        }
        json.addProperty("repeats", repeats.count());
        return json;
    }

    private static void row(String name, double value, String unit, int repeats) {
        System.out.printf(
                Locale.ROOT,
                value < 100 ? "%-24s %12.3f  %-16s %d%n" : "%-24s %12.0f  %-16s %d%n",
                name,
                value,
                unit,
                repeats);
    }
}

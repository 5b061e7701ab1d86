package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.jobs.session.SparkSessions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Spark's event log and its metrics say of runs, read back: in one process of its own, as Spark settles both when
 * it starts, with a user interface on the loopback interface.
 */
class TestSeenInSpark {
    private static final String JOB = """
            model: %s
            rewards:
              mw: {shaping: 'linear(20, 140)'}
              short: {sql: 'CASE WHEN n_tokens < 8 THEN n_tokens / 8.0 END'}
            rounds: 2
            steps-per-round: 2
            samples-per-step: 32
            micro-batch: 16
            sampling: {max-new-tokens: 10, temperature: 1}
            algorithm: {name: rloo, epochs: 1, minibatches: 1}
            evaluation: {samples: 40, round-samples: 20}
            """;

    /** Settings by the way that steps run. */
    private static final Map<String, List<String>> WAYS = new TreeMap<>(Map.of(
            "fused", List.of("execution=fused"),
            "staged", List.of("execution=staged", "partitions=1"),
            "shared", List.of("execution=staged", "partitions=1000"),
            "blocks", List.of("execution=staged", "partitions=1000", "memory.driver-mib=0"),
            "gradients",
                    List.of(
                            "method=weighted-gradients",
                            "blend.rule=min-norm",
                            "execution=staged",
                            "partitions=1000")));

    private static final String SOURCE = "metrics_solera_driver_plugin_io_solera_meter_SoleraPlugin_";

    @TempDir
    private Path folder;

    /**
     * A stage of the event log.
     *
     * @param drawn samples, by its accumulator
     */
    private record Stage(String group, String description, String name, long drawn) {}

    @Test
    void everyStageIsAPartOfARoundAndTheMetricsAreThoseOfTheRun() throws IOException, InterruptedException {
        work();
        List<Stage> stages = stages();
        assertThat(stages)
                .allSatisfy(stage -> assertThat(stage.description)
                        .as(stage.toString())
                        .matches("round 0: evaluation \\(40 samples\\)(, KL to the reference)?"
                                + "|round [12] of 2: evaluation \\((20|40) samples\\)(, KL to the reference)?"
                                + "|round [12] of 2: (rollouts\\.parquet|products of the updates)"
                                + "|round [12] of 2: all 2 steps of mw, short"
                                + "|round [12] of 2, step [12] of 2: rollouts (and updates )?of (mw, short|policy)"
                                + "|round [12] of 2, step [12] of 2: update of (mw|short|policy)"
                                + "(, the rollout under the reference|, gradients|, step of AdamW)"));
        assertThat(parts(stages, "fused", "round 1 of 2"))
                .as("rollouts.parquet is written next to the evaluation")
                .containsExactlyInAnyOrder(
                        ": all 2 steps of mw, short",
                        ": evaluation (20 samples)",
                        ": evaluation (20 samples), KL to the reference",
                        ": rollouts.parquet");
        assertThat(parts(stages, "staged", "round 2 of 2"))
                .contains(
                        ", step 1 of 2: rollouts and updates of mw, short",
                        ", step 2 of 2: rollouts and updates of mw, short",
                        ": evaluation (40 samples)");
        assertThat(stages)
                .filteredOn(stage -> stage.group.equals("solera: staged") && stage.drawn == 2 * 32)
                .hasSize(4)
                .allSatisfy(stage -> assertThat(stage.name).endsWith(": rollouts of mw, short"));
        for (String way : List.of("shared", "blocks")) {
            assertThat(parts(stages, way, "round 1 of 2"))
                    .startsWith(", step 1 of 2: rollouts of mw, short")
                    .contains(
                            ", step 1 of 2: update of mw, the rollout under the reference",
                            ", step 2 of 2: update of short, gradients");
        }
        assertThat(parts(stages, "gradients", "round 2 of 2"))
                .contains(", step 2 of 2: rollouts of policy", ", step 2 of 2: update of policy, gradients");
        for (String way : WAYS.keySet()) {
            List<JsonObject> lines = Files.readAllLines(folder.resolve(way + "/metrics.jsonl")).stream()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
            Map<String, Double> shown = shown(way);
            double samples = sum(lines, "samples");
            assertThat(samples).as(way).isEqualTo(way.equals("gradients") ? 2 * 2 * 32 : 2 * 2 * 2 * 32);
            assertThat(shown)
                    .as(way)
                    .containsEntry("round", 2.0)
                    .containsEntry("rounds", 2.0)
                    .containsEntry("progress_step", 2.0)
                    .containsEntry("progress_done", 1.0)
                    .containsEntry("steps", way.equals("gradients") ? 4.0 : 8.0)
                    .containsEntry("samples", samples)
                    .containsEntry("tokens", sum(lines, "tokens"))
                    .hasEntrySatisfying(
                            "seconds", seconds -> assertThat(seconds).isCloseTo(sum(lines, "seconds"), within(1e-9)))
                    .containsEntry("missing_short_not_applicable", sum(lines, "short.not-applicable"))
                    .containsEntry("evaluation_samples", 40.0 + 20 + 40);
            assertThat(sum(lines, "tokens")).as(way).isPositive();
            assertThat(sum(lines, "short.not-applicable")).as(way).isPositive();
            JsonObject last = lines.get(lines.size() - 1);
            double seconds = last.get("seconds").getAsDouble();
            assertThat(shown.get("samples_per_second")).as(way).isEqualTo(samples / 2 / seconds);
            assertThat(shown.get("evaluation_kl"))
                    .isEqualTo(last.getAsJsonObject("evaluation")
                            .getAsJsonObject("kl")
                            .get("mean")
                            .getAsDouble());
            assertThat(shown.get("policy_drift"))
                    .isEqualTo(last.getAsJsonObject("blend").get("policy_drift").getAsDouble());
            assertThat(shown.get("lowest_cosine")).as(way).isBetween(-1.0, 1.0);
            assertThat(shown.get("reward_mw_shaped")).as(way).isBetween(0.0, 1.0);
            assertThat(stages.stream()
                            .filter(stage -> stage.group.equals("solera: " + way))
                            .mapToLong(Stage::drawn)
                            .sum())
                    .as("samples drawn by stages of %s", way)
                    .isEqualTo((long) samples + 40 + 20 + 40);
        }
        String page = Files.readString(folder.resolve("staged.prom"));
        assertThat(page)
                .contains(SOURCE + "work_samples_Count", SOURCE + "work_passes_Count", SOURCE + "work_bytes_read_Value")
                .contains(SOURCE + "application_bytes_shuffled_Value", SOURCE + "driver_bytes_written_Value");
    }

    /** Parts of a round in the order of their stages. */
    private static Set<String> parts(List<Stage> stages, String way, String round) {
        Set<String> parts = new LinkedHashSet<>();
        stages.stream()
                .filter(stage -> stage.group.equals("solera: " + way) && stage.description.startsWith(round))
                .forEach(stage -> parts.add(stage.description.substring(round.length())));
        return parts;
    }

    private static double sum(List<JsonObject> lines, String key) {
        return lines.stream()
                .map(line -> line.get(key))
                .filter(Objects::nonNull)
                .mapToDouble(JsonElement::getAsDouble)
                .sum();
    }

    /** The numbers of the run, by name, as the page of Prometheus has them. */
    private Map<String, Double> shown(String way) throws IOException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve(way + ".prom"))) {
            String begin = SOURCE + "run_";
            String end = "_Value{type=\"gauges\"} ";
            if (line.startsWith(begin) && line.contains(end)) {
                int at = line.indexOf(end);
                numbers.put(line.substring(begin.length(), at), Double.valueOf(line.substring(at + end.length())));
            }
        }
        return numbers;
    }

    /** Of trained rounds and their evaluations, in the order in which they ended. */
    private List<Stage> stages() throws IOException {
        Path log;
        try (Stream<Path> logs = Files.list(folder.resolve("events"))) {
            log = logs.findFirst().orElseThrow();
        }
        Map<Integer, JsonObject> properties = new TreeMap<>();
        List<Stage> stages = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            JsonObject event = JsonParser.parseString(line).getAsJsonObject();
            String kind = event.get("Event").getAsString();
            if (kind.equals("SparkListenerStageSubmitted")) {
                properties.put(id(event), event.getAsJsonObject("Properties"));
            } else if (kind.equals("SparkListenerStageCompleted")) {
                JsonObject info = event.getAsJsonObject("Stage Info");
                JsonObject of = properties.get(id(event));
                long drawn = 0;
                for (JsonElement each : info.getAsJsonArray("Accumulables")) {
                    JsonElement name = each.getAsJsonObject().get("Name");
                    if (name != null && name.getAsString().equals("samples drawn")) {
                        drawn += each.getAsJsonObject().get("Value").getAsLong();
                    }
                }
                stages.add(new Stage(
                        of.get("spark.jobGroup.id").getAsString(),
                        of.get("spark.job.description").getAsString(),
                        info.get("Stage Name").getAsString(),
                        drawn));
            }
        }
        assertThat(stages).hasSizeGreaterThan(50);
        return stages;
    }

    private static int id(JsonObject event) {
        return event.getAsJsonObject("Stage Info").get("Stage ID").getAsInt();
    }

    private void work() throws IOException, InterruptedException {
        Path model = TestKilledRun.model(folder.resolve("model"));
        Files.writeString(folder.resolve("job.yaml"), JOB.formatted(model));
        Files.createDirectories(folder.resolve("events"));
        Map<String, String> settings = Map.of(
                "spark.master", "local[2]",
                "spark.driver.host", "127.0.0.1",
                "spark.ui.port", "0",
                "spark.eventLog.enabled", "true",
                "spark.eventLog.compress", "false",
                "spark.eventLog.rolling.enabled", "false",
                "spark.eventLog.dir", folder.resolve("events").toUri().toString(),
                "spark.metrics.namespace", "solera",
                "spark.metrics.conf.*.sink.prometheusServlet.class", "org.apache.spark.metrics.sink.PrometheusServlet",
                "spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus");
        ProcessBuilder builder = JavaProcess.of(
                        settings.entrySet().stream()
                                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                                .toList(),
                        Work.class,
                        List.of(folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("log")))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Trains in every way, and keeps what the metrics say after each. */
    static final class Work {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            SparkSessions.run("seen", spark -> {
                URI page = URI.create(spark.sparkContext().uiWebUrl().get() + "/metrics/prometheus/");
                for (Map.Entry<String, List<String>> way : WAYS.entrySet()) {
                    List<String> command = new ArrayList<>(List.of(
                            "train",
                            "--config",
                            folder.resolve("job.yaml").toString(),
                            "--run-dir",
                            folder.resolve(way.getKey()).toString()));
                    way.getValue().forEach(setting -> command.addAll(List.of("--set", setting)));
                    int code = SoleraCommand.execute(command.toArray(String[]::new));
                    if (code != 0) {
                        throw new IllegalStateException("Cannot train " + way.getKey() + ": " + code);
                    }
                    String text = HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                            .body();
                    Files.writeString(folder.resolve(way.getKey() + ".prom"), text);
                }
            });
            System.exit(0);
        }
    }
}

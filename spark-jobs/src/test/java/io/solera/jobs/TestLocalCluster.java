package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.store.LocalTwin;
import io.solera.store.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.util.Properties;

/**
 * A driver and two executors, three processes: the same bytes as in one, and the job, the run and the states of tasks
 * on a file system that opens only with what {@code spark.hadoop.*} says. Executors have a device each, and score on
 * all of their cores.
 */
class TestLocalCluster {
    private static final String JOB = """
            model: %s
            rewards:
              mw: {shaping: 'linear(20, 140)'}
              short: {sql: 'exp(-abs(n_tokens - 6) / 10)'}
              both: {sql: 'CASE WHEN mw > 40 THEN short * solera_qed(text) END'}
            rounds: 1
            steps-per-round: 1
            samples-per-step: 32
            micro-batch: 8
            sampling: {max-new-tokens: 10, temperature: 1}
            algorithm: {name: rloo, epochs: 1, minibatches: 1}
            evaluation: {samples: 32, round-samples: 0}
            """;

    @TempDir
    private Path folder;

    @Test
    void theSameBytesFromExecutorsThatNeedTheDriversSettings() throws IOException, InterruptedException {
        Path model = TestKilledRun.model(folder.resolve("model"));
        Path job = Files.writeString(folder.resolve("job.yaml"), JOB.formatted(model));
        Path table = Files.writeString(folder.resolve("table.csv"), "smiles\nCCO\nCCN\nc1ccccc1\n[bad\n");
        assertThat(Commands.run("train", "--config", job.toString(), "--run-dir", path("one"))
                        .code())
                .isZero();
        Map<String, String> settings = Map.ofEntries(
                Map.entry("spark.master", "local-cluster[2,2,1024]"),
                Map.entry("spark.executor.extraClassPath", JavaProcess.classPath()),
                Map.entry("spark.driver.host", "127.0.0.1"),
                Map.entry("spark.driver.bindAddress", "127.0.0.1"),
                Map.entry("spark.ui.enabled", "false"),
                Map.entry("spark.speculation", "true"),
                Map.entry("spark.speculation.minTaskRuntime", "0ms"),
                Map.entry("spark.speculation.multiplier", "1.01"),
                Map.entry("spark.speculation.quantile", "0.1"),
                Map.entry("spark.sql.session.timeZone", "Asia/Kathmandu"),
                Map.entry("spark.executor.extraJavaOptions", "-Duser.language=tr -Duser.country=TR"),
                Map.entry("user.language", "tr"),
                Map.entry("user.timezone", "Asia/Kathmandu"),
                Map.entry("spark.hadoop.fs.oss.impl", LocalTwin.locked()),
                Map.entry("spark.hadoop.fs.oss.secret", "word"));
        List<String> options = new ArrayList<>();
        for (String of : List.of("worker", "executor", "task")) {
            options.add("-Dspark.%s.resource.npu.amount=1".formatted(of));
            options.add("-Dspark.%s.resource.npu.discoveryScript=%s".formatted(of, discovery()));
        }
        settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
        Path log = folder.resolve("log");
        ProcessBuilder builder = JavaProcess.of(
                        options,
                        Work.class,
                        List.of("oss://" + job, "oss://" + path("two"), table.toString(), path("scores.csv")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", home().toString());
        String scala = Properties.versionNumberString().replaceFirst("\\.\\d+$", "");
        builder.environment().put("SPARK_SCALA_VERSION", scala);
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(log)).contains("rewards are scored on all cores, whoever has a npu");
        assertThat(policy("two")).isEqualTo(policy("one"));
        assertThat(Files.readString(folder.resolve("scores.csv")))
                .startsWith("smiles,mw,mw_status\nCCO,46.06")
                .endsWith("[bad,,invalid-input\n");
    }

    /** Each executor has one device of a kind that nothing computes on, and two cores. */
    private Path discovery() throws IOException {
        Path script = Files.writeString(
                folder.resolve("discover.sh"), "#!/bin/sh\necho '{\"name\": \"npu\", \"addresses\": [\"0\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    /** Executors take their class path from the setting above, not from an installed Spark. */
    private Path home() throws IOException {
        Files.createDirectories(folder.resolve("home/jars"));
        return folder.resolve("home");
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String policy(String run) throws IOException {
        return Rounds.of(path(run), new Configuration())
                .last()
                .orElseThrow()
                .sha256("policy/model.safetensors")
                .orElseThrow();
    }

    /** Trains, then scores. */
    static final class Work {
        public static void main(String[] paths) {
            int trained = SoleraCommand.execute("train", "--config", paths[0], "--run-dir", paths[1]);
            int scored = SoleraCommand.execute("score", "--input", paths[2], "--rewards", "mw", "--output", paths[3]);
            System.exit(Math.max(trained, scored));
        }
    }
}

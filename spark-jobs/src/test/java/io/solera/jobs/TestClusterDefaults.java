package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.store.Rounds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clusters set by default changes no byte of a run nor of a scored table. */
class TestClusterDefaults {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("spark.serializer", "org.apache.spark.serializer.KryoSerializer"),
            Map.entry("spark.kryo.registrationRequired", "true"),
            Map.entry("spark.speculation", "true"),
            Map.entry("spark.dynamicAllocation.enabled", "true"),
            Map.entry("spark.sql.adaptive.enabled", "false"),
            Map.entry("spark.sql.ansi.enabled", "true"),
            Map.entry("spark.sql.caseSensitive", "true"),
            Map.entry("spark.sql.files.ignoreCorruptFiles", "true"),
            Map.entry("spark.sql.files.maxRecordsPerFile", "3"),
            Map.entry("spark.sql.session.timeZone", "Asia/Kolkata"),
            Map.entry("spark.sql.shuffle.partitions", "7"),
            Map.entry("spark.sql.sources.partitionColumnTypeInference.enabled", "false"),
            Map.entry("spark.sql.sources.partitionOverwriteMode", "dynamic"));

    @TempDir
    private Path folder;

    @Test
    void changeNothing() throws IOException, InterruptedException {
        Path model = TestKilledRun.model(folder.resolve("model"));
        Path job = Files.writeString(folder.resolve("job.yaml"), """
                model: %s
                rewards:
                  mw: {shaping: 'linear(20, 140)'}
                  logp:
                  odd: {sql: 'coalesce(1 / (n_tokens - 5), hour(timestamp_seconds(0)) / 24, MW)'}
                rounds: 1
                steps-per-round: 1
                samples-per-step: 32
                micro-batch: 16
                sampling: {max-new-tokens: 10, temperature: 1}
                algorithm: {name: ppo, epochs: 1, minibatches: 1}
                evaluation: {samples: 32, round-samples: 0}
                """.formatted(model));
        Path table = Files.writeString(
                folder.resolve("table.csv"),
                "smiles,made\nCCO,2020-01-01 00:00:00\nCCN,2021-06-01 12:00:00\nC,\nc1ccccc1,2022-01-01\n[bad,1\n");
        assertThat(work(job, table, "plain", Map.of())).isZero();
        assertThat(work(job, table, "cluster", DEFAULTS)).isZero();
        assertThat(policy("cluster")).isEqualTo(policy("plain"));
        assertThat(folder.resolve("cluster.csv")).hasSameTextualContentAs(folder.resolve("plain.csv"));
    }

    private String policy(String run) throws IOException {
        return Rounds.of(folder.resolve(run).toString(), new Configuration())
                .last()
                .orElseThrow()
                .sha256("policy/model.safetensors")
                .orElseThrow();
    }

    private int work(Path job, Path table, String run, Map<String, String> defaults)
            throws IOException, InterruptedException {
        List<String> options = defaults.entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .toList();
        Process process = JavaProcess.of(
                        options,
                        Work.class,
                        List.of(
                                job.toString(),
                                table.toString(),
                                folder.resolve(run).toString(),
                                folder.resolve(run + ".csv").toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(run + ".log").toFile())
                .start();
        try {
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve(run + ".log")))
                    .isZero();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Trains, then scores. */
    static final class Work {
        public static void main(String[] paths) {
            int trained = SoleraCommand.execute("train", "--config", paths[0], "--run-dir", paths[2]);
            int scored =
                    SoleraCommand.execute("score", "--input", paths[1], "--rewards", "qed,mw", "--output", paths[3]);
            System.exit(Math.max(trained, scored));
        }
    }
}

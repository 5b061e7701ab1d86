package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.LocalFolder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.model.InitialWeights;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.store.Rounds;
import io.solera.text.WordTokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver of its own process is killed with SIGKILL in the middle of a round, and the run is resumed by another. */
class TestKilledRun {
    @TempDir
    private Path folder;

    @Test
    void endsInTheSameBytesAsAnUndisturbedOne() throws IOException, InterruptedException {
        Path job = folder.resolve("job.yaml");
        Files.writeString(job, """
                model: %s
                rewards:
                  mw: {shaping: 'linear(20, 140)'}
                  logp: {shaping: 'linear(-2, 1)'}
                rounds: 3
                steps-per-round: 2
                samples-per-step: 32
                micro-batch: 16
                sampling: {max-new-tokens: 10, temperature: 1}
                algorithm: {name: ppo, epochs: 1, minibatches: 2}
                evaluation: {samples: 100, round-samples: 0}
                """.formatted(model(folder.resolve("model"))));
        assertThat(train(job, "whole").waitFor()).isZero();

        Process killed = train(job, "killed");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("2/3        logp         1/2")) {
                line = lines.readLine();
            }
            assertThat(line).as("a line from the middle of round 2").isNotNull();
        }
        killed.destroyForcibly();
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).isEqualTo(137);
        assertThat(last("killed").round()).isEqualTo(1);

        assertThat(train(job, "killed", "--resume").waitFor()).isZero();
        assertThat(last("killed").round()).isEqualTo(3);
        assertThat(last("killed").sha256("policy/model.safetensors"))
                .isPresent()
                .isEqualTo(last("whole").sha256("policy/model.safetensors"));
        assertThat(last("killed").sha256("state/mw.safetensors"))
                .isEqualTo(last("whole").sha256("state/mw.safetensors"));
    }

    private io.solera.store.CommittedRound last(String run) throws IOException {
        return Rounds.of(folder.resolve(run).toString(), new Configuration())
                .last()
                .orElseThrow();
    }

    private Process train(Path job, String run, String... more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens")
                        || argument.startsWith("--add-modules")
                        || argument.startsWith("-D"))
                .filter(argument -> !argument.startsWith("-Dsurefire") && !argument.startsWith("-Dbasedir"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx1g",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Solera.class.getName(),
                "train",
                "--config",
                job.toString(),
                "--run-dir",
                folder.resolve(run).toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(run + ".err").toFile()))
                .redirectOutput(
                        more.length == 0 && run.equals("killed")
                                ? ProcessBuilder.Redirect.PIPE
                                : ProcessBuilder.Redirect.appendTo(
                                        folder.resolve(run + ".out").toFile()))
                .start();
    }

    static Path model(Path folder) throws IOException {
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CNO"));
        Gpt2Config config = Gpt2Config.of(tokenizer.vocabulary().size(), 16, 16, 2, 2);
        BlockVector weights = InitialWeights.of(config, RandomKey.of(3));
        ModelFolder.write(new LocalFolder(folder), new Policy(config, tokenizer, weights.scaledPlus(4, weights)));
        return folder;
    }
}

package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.model.InitialWeights;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.store.Rounds;
import io.solera.text.WordTokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
        Path job = job();
        assertThat(train(job, "whole").waitFor()).isZero();

        Process killed = train(job, "killed");
        await(killed, "2/3     logp      1/2");
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

    @Test
    void saysWhereItWasStoppedAndLetsTheFolderGo() throws IOException, InterruptedException {
        Path job = job();
        Process stopped = train(job, "stopped");
        await(stopped, "1/3     logp      1/2");
        stopped.destroy();
        assertThat(stopped.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(stopped.exitValue()).isEqualTo(143);
        assertThat(Files.readString(folder.resolve("stopped.err")))
                .endsWith(
                        "solera: stopped in round 1 of 3; resume with: solera train --config %s --run-dir %s --resume\n"
                                .formatted(job, folder.resolve("stopped")));
        assertThat(folder.resolve("stopped/lock/000001.released")).exists();
    }

    private static void await(Process run, String begin) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith(begin)) {
            line = lines.readLine();
        }
        assertThat(line).as("a line that begins with " + begin).isNotNull();
    }

    private Path job() throws IOException {
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
        return job;
    }

    private io.solera.store.CommittedRound last(String run) throws IOException {
        return Rounds.of(folder.resolve(run).toString(), new Configuration())
                .last()
                .orElseThrow();
    }

    private Process train(Path job, String run, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "train",
                "--config",
                job.toString(),
                "--run-dir",
                folder.resolve(run).toString()));
        command.addAll(List.of(more));
        return JavaProcess.of(List.of(), Solera.class, command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(run + ".err").toFile()))
                .redirectOutput(
                        more.length == 0 && !run.equals("whole")
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

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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver in its own process is killed, or told to stop, in the middle of a round, and another resumes the run. */
class TestKilledRun {
    @TempDir
    private Path folder;

    @Test
    void endsInTheSameBytesAsAnUndisturbedOne() throws IOException, InterruptedException {
        Path job = job();
        assertThat(ended(train(job, "whole"))).isZero();

        Process killed = train(job, "killed");
        await(killed, "2/3     logp      1/2");
        killed.destroyForcibly();
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).isEqualTo(137);
        assertThat(last("killed").round()).isEqualTo(1);

        // by spark-submit, whose JVM it is, in client mode
        Process stopped = start(SparkSubmit.class, submitted(command(job, "killed", "--resume")), "killed");
        await(stopped, "2/3     logp      1/2");
        stopped.destroy();
        assertThat(stopped.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(stopped.exitValue()).isEqualTo(4);
        assertThat(Files.readString(folder.resolve("killed.err")))
                .endsWith(("solera: SIGTERM in round 2 of 3: the round is finished first, for at most 25 s"
                                + " (a second SIGTERM ends it at once)\n"
                                + "solera: Stopped after round 2 of 3 by SIGTERM; resume with: solera train --config"
                                + " %s --run-dir %s --resume\n")
                        .formatted(job, folder.resolve("killed")));
        assertThat(last("killed").round()).isEqualTo(2);
        assertThat(folder.resolve("killed/lock/000002.released")).exists();

        assertThat(ended(train(job, "killed", "--resume"))).isZero();
        for (String file : List.of("policy/model.safetensors", "state/mw.safetensors")) {
            assertThat(last("killed").sha256(file))
                    .isPresent()
                    .isEqualTo(last("whole").sha256(file));
        }
        assertThat(last("killed").round()).isEqualTo(3);
    }

    @Test
    void aSecondSignalEndsItAtOnceAndSoDoesTheFirstWhereARoundMayTakeNoTime() throws IOException, InterruptedException {
        Path job = job();
        Process twice = train(job, "twice", "--set", "steps-per-round=3000");
        await(twice, "1/3     logp      1/3000");
        twice.destroy();
        awaitText("twice.err", "is finished first");
        twice.destroy();
        assertThat(twice.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(twice.exitValue()).isEqualTo(143);
        assertThat(Files.readString(folder.resolve("twice.err")))
                .endsWith("solera: stopped in round 1 of 3; resume with: solera train --config %s --run-dir %s --set"
                                .formatted(job, folder.resolve("twice"))
                        + " steps-per-round=3000 --resume\n");
        assertThat(folder.resolve("twice/lock/000001.released")).exists();

        Process once = train(job, "once", "--set", "steps-per-round=3000", "--stop-within=0");
        await(once, "1/3     logp      1/3000");
        once.destroy();
        assertThat(once.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(once.exitValue()).isEqualTo(4);
        assertThat(Files.readString(folder.resolve("once.err")))
                .startsWith("solera: stopped in round 1 of 3; resume with: solera train");
        assertThat(folder.resolve("once/lock/000001.released")).exists();
    }

    private static int ended(Process run) throws IOException, InterruptedException {
        run.getInputStream().transferTo(OutputStream.nullOutputStream());
        return run.waitFor();
    }

    private void awaitText(String file, String text) throws IOException, InterruptedException {
        for (int k = 0; k < 600 && !Files.readString(folder.resolve(file)).contains(text); k++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(folder.resolve(file)).content().contains(text);
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
        return start(Solera.class, command(job, run, more), run);
    }

    private List<String> command(Path job, String run, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "train",
                "--config",
                job.toString(),
                "--run-dir",
                folder.resolve(run).toString()));
        command.addAll(List.of(more));
        return command;
    }

    private List<String> submitted(List<String> command) throws IOException {
        Path jar = Files.createFile(folder.resolve("nothing.jar"));
        List<String> all =
                new ArrayList<>(List.of("--master", "local[2]", "--class", Solera.class.getName(), jar.toString()));
        all.addAll(command);
        return all;
    }

    private Process start(Class<?> main, List<String> command, String run) throws IOException {
        return JavaProcess.of(List.of(), main, command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(run + ".err").toFile()))
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

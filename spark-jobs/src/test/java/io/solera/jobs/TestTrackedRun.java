package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.train.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTrackedRun {
    @TempDir
    private Path folder;

    @Test
    void trackingChangesNoByteOfARunAndWhatIsOffIsOneLine() throws IOException {
        Path model = folder.resolve("model");
        ModelFolder.write(new LocalFolder(model), TinyRun.policy());
        Files.writeString(folder.resolve("job.yaml"), """
                model: %s
                rewards: {mw: {shaping: 'linear(20, 140)'}}
                rounds: 1
                steps-per-round: 1
                samples-per-step: 16
                micro-batch: 16
                sampling: {max-new-tokens: 10, temperature: 1}
                algorithm: {name: rloo, epochs: 1, minibatches: 1}
                evaluation: {samples: 20, round-samples: 0}
                """.formatted(model));
        Commands.Outcome plain = train("plain");
        assertThat(plain.code()).as(plain.err()).isZero();
        Commands.Outcome tracked = train("tracked", "--set", "track=[tensorboard, mlflow]");
        assertThat(tracked.code()).as(tracked.err()).isZero();
        assertThat(tracked.err())
                .isEqualTo(plain.err()
                        + "solera: tracking with mlflow: it is off: the environment variable MLFLOW_TRACKING_URI is not"
                        + " set (export MLFLOW_TRACKING_URI=http://host:5000) (the run is not affected)\n");
        assertThat(folder.resolve("plain/tensorboard")).doesNotExist();
        Path events = folder.resolve("tracked/tensorboard/events.out.tfevents.solera");
        byte[] whole = Files.readAllBytes(events);
        assertThat(whole.length).isGreaterThan(1000);
        for (String file : List.of("policy/model.safetensors", "state/mw.safetensors")) {
            assertThat(last("tracked").sha256(file))
                    .isPresent()
                    .isEqualTo(last("plain").sha256(file));
        }

        Files.write(events, Arrays.copyOf(whole, 500));
        Commands.Outcome off = train("tracked", "--resume");
        assertThat(off.code()).as("a run is the same with another track").isZero();
        assertThat(Files.size(events)).isEqualTo(500);
        assertThat(train("tracked", "--resume", "--set", "track=[tensorboard]").code())
                .isZero();
        assertThat(Files.readAllBytes(events)).isEqualTo(whole);
    }

    private Commands.Outcome train(String run, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "train",
                "--config",
                folder.resolve("job.yaml").toString(),
                "--run-dir",
                folder.resolve(run).toString()));
        command.addAll(List.of(more));
        return Commands.run(command.toArray(String[]::new));
    }

    private CommittedRound last(String run) throws IOException {
        return Rounds.of(folder.resolve(run).toString(), new Configuration())
                .last()
                .orElseThrow();
    }
}

package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.store.Runs;
import io.solera.store.storage.RecordedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of a run is full, as Hadoop says it, which is an error and no exception. */
class TestFullDiskRun {
    @TempDir
    private Path folder;

    private Path run;
    private Configuration configuration;

    @BeforeEach
    void disk() {
        run = folder.resolve("run");
        configuration = Commands.session().sparkContext().hadoopConfiguration();
        RecordedDisk.record(configuration, run);
    }

    @AfterEach
    void end() {
        RecordedDisk.end(configuration);
    }

    @Test
    void aRoundThatCannotBeWrittenEndsTheRunWhichIsResumed() throws IOException {
        RecordedDisk.full(0, true, "rounds/00001/.*/state/.*");
        Commands.Outcome full = train();
        assertThat(full.code()).as(full.err()).isEqualTo(4);
        assertThat(full.err())
                .hasLineCount(1)
                .startsWith("solera: Cannot write " + run + "/rounds/00001/")
                .contains(".safetensors: No space left on device (make room there, then run the same command again,"
                        + " with --resume where it has that)");
        assertThat(run.resolve("rounds/00000/manifest.json")).exists();
        RecordedDisk.roomy();
        assertThat(train("--resume").code()).isZero();
        assertThat(run.resolve("rounds/00001/manifest.json")).exists();
    }

    @Test
    void filesThatAreMadeFromTheRoundsDoNotEndTheRun() throws IOException {
        RecordedDisk.full(0, true, "\\.report\\.html.*");
        Commands.Outcome unreported = train();
        assertThat(unreported.code()).as(unreported.err()).isZero();
        assertThat(unreported.err())
                .contains(
                        "solera: the report was not written: Cannot write %s/report.html: No space left on device (the"
                                        .formatted(run)
                                + " run is not affected; try: solera report " + run);
        assertThat(Files.readString(run.resolve("summary.json"))).contains("the report was not written");
        assertThat(Runs.files(run)).contains("rounds/00001/manifest.json").noneMatch(name -> name.endsWith(".tmp"));
    }

    private Commands.Outcome train(String... more) throws IOException {
        Path job = folder.resolve("job.yaml");
        Files.writeString(job, """
                model: %s
                rewards:
                  mw: {shaping: 'linear(20, 140)', at-least: 60}
                  logp:
                rounds: 1
                steps-per-round: 1
                samples-per-step: 16
                micro-batch: 16
                sampling: {max-new-tokens: 10, temperature: 1}
                algorithm: {name: rloo, epochs: 1, minibatches: 1}
                evaluation: {samples: 64, round-samples: 0}
                """.formatted(TestKilledRun.model(folder.resolve("model"))));
        String[] train = {"train", "--config", job.toString(), "--run-dir", run.toString()};
        String[] all = Arrays.copyOf(train, train.length + more.length);
        System.arraycopy(more, 0, all, train.length, more.length);
        return Commands.run(all);
    }
}

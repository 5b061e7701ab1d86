package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run takes a folder of its own, and replaces one of its kind when it is asked to. */
class TestRunPlace {
    @TempDir
    private Path folder;

    private RunFolder overwriting(Path run, String job) throws IOException {
        return RunFolder.open(
                run.toString(), new Configuration(), job, text -> text, new RunFolder.Opening(true, Duration.ZERO));
    }

    @Test
    void neverTakesHomeRootOrTheCurrentFolder() {
        Path home = Path.of(System.getProperty("user.home"));
        Path here = Path.of("").toAbsolutePath();
        for (Path place : new Path[] {
            home, home.getParent(), here, here.getParent(), here.resolve("x/.."), Path.of("/"), Path.of("")
        }) {
            for (boolean overwrite : new boolean[] {false, true}) {
                assertThatThrownBy(() -> RunFolder.open(
                                place.toString().isEmpty() ? "." : place.toString(),
                                new Configuration(),
                                Runs.JOB,
                                text -> text,
                                new RunFolder.Opening(overwrite, Duration.ZERO)))
                        .isInstanceOf(RefusedRunException.class)
                        .hasMessageContaining("a run needs a folder of its own: name another --run-dir");
            }
        }
        assertThat(here.resolve("lock")).doesNotExist();
    }

    @Test
    void aLinkToHomeIsHome() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("run"), Path.of(System.getProperty("user.home")));
        assertThatThrownBy(() -> Runs.open(link)).hasMessageContaining("it is your home folder, or contains it");
    }

    @ParameterizedTest
    @ValueSource(strings = {".ssh/id", "thesis.tex", ".bashrc", "rounds/mine", "data/x"})
    void aFolderOfOthersIsNotTaken(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> Runs.open(folder))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageContaining("it is not a run folder (it contains");
        assertThatThrownBy(() -> overwriting(folder, Runs.JOB)).isInstanceOf(RefusedRunException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void overwritesARun() throws IOException {
        Path run = folder.resolve("run");
        try (RunFolder opened = Runs.open(run)) {
            Runs.commit(opened, 0);
            Runs.commit(opened, 1);
            opened.rewrite("summary.json", "{}");
        }
        try (RunFolder opened = overwriting(run, "seed: 2\n")) {
            assertThat(opened.lastRound()).isEmpty();
            assertThat(run.resolve("job.yaml")).hasContent("seed: 2");
            assertThat(run.resolve("summary.json")).doesNotExist();
            Runs.commit(opened, 0);
        }
    }

    @Test
    void overwritesNothingThatIsInUse() throws IOException {
        Path run = folder.resolve("run");
        try (RunFolder opened = Runs.open(run)) {
            Runs.commit(opened, 0);
            assertThatThrownBy(() -> overwriting(run, "seed: 2\n")).isInstanceOf(LockedRunException.class);
        }
        assertThat(run.resolve("rounds/00000/manifest.json")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"notes.txt", "rounds/notes.txt", "lock/notes.txt", ".hidden", "rounds/00007b"})
    void overwritesNoRunThatHoldsSomethingElse(String name) throws IOException {
        Path run = folder.resolve("run");
        try (RunFolder opened = Runs.open(run)) {
            Runs.commit(opened, 0);
        }
        Files.writeString(run.resolve(name), "mine");
        assertThatThrownBy(() -> overwriting(run, Runs.JOB))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageContaining("%s, which no run writes (move that away".formatted(run.resolve(name)));
        assertThat(run.resolve(name)).hasContent("mine");
        assertThat(run.resolve("rounds/00000/manifest.json")).exists();
    }

    @Test
    void overwritesNoJobOfAnotherProgram() throws IOException {
        Files.writeString(folder.resolve("job.yaml"), "apiVersion: batch/v1\nkind: Job\n");
        Files.writeString(folder.resolve("service.yaml"), "mine");
        assertThatThrownBy(() -> overwriting(folder, Runs.JOB)).hasMessageContaining("its job.yaml is not of a run");
        Files.delete(folder.resolve("service.yaml"));
        assertThatThrownBy(() -> overwriting(folder, Runs.JOB)).hasMessageContaining("its job.yaml is not of a run");
        assertThat(folder.resolve("job.yaml")).content().contains("kind: Job");
    }
}

package io.solera.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.store.CommittedRound;
import io.solera.store.RunFolder;
import io.solera.store.Runs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is deleted that lies elsewhere, and no link is followed to it. */
class TestDeletion {
    @TempDir
    private Path folder;

    private Path foreign;
    private Path run;

    @BeforeEach
    void foreignFiles() throws IOException {
        foreign = Files.createDirectories(folder.resolve("foreign/policy"));
        Files.writeString(foreign.resolve("thesis.tex"), "years of work");
        foreign = folder.resolve("foreign");
        run = folder.resolve("run");
    }

    private void assertForeignIsThere() {
        assertThat(foreign.resolve("policy/thesis.tex")).hasContent("years of work");
    }

    private static void below(FileSystem files, Path owned, Path path) throws IOException {
        Deletion.below(
                files,
                new org.apache.hadoop.fs.Path(files.getUri().getScheme(), "", owned.toString()),
                new org.apache.hadoop.fs.Path(files.getUri().getScheme(), "", path.toString()));
    }

    @Test
    void deletesAFolderAndUnlinksTheLinksInside() throws IOException {
        for (FileSystem files : new FileSystem[] {
            FileSystem.getLocal(new Configuration()), LocalDisk.of(URI.create("file:///"), new Configuration())
        }) {
            Files.createDirectories(run.resolve("a/b"));
            Files.createSymbolicLink(run.resolve("a/link"), foreign);
            Files.createSymbolicLink(run.resolve("a/b/file"), foreign.resolve("policy/thesis.tex"));
            Files.createSymbolicLink(run.resolve("a/b/nothing"), folder.resolve("nothing"));
            below(files, run, run.resolve("a"));
            assertThat(run.resolve("a")).doesNotExist();
            assertForeignIsThere();
            below(files, run, run.resolve("a"));
            Files.createSymbolicLink(run.resolve("link"), foreign);
            below(files, run, run.resolve("link"));
            assertThat(Files.isSymbolicLink(run.resolve("link"))).isFalse();
            assertForeignIsThere();
        }
    }

    @Test
    void refusesWhatLiesElsewhere() throws IOException {
        FileSystem files = LocalDisk.of(URI.create("file:///"), new Configuration());
        Files.createDirectories(run);
        for (Path path :
                new Path[] {foreign, folder, run.resolve("../foreign"), Path.of(run + "-b"), run, Path.of("/")}) {
            assertThatThrownBy(() -> below(files, run, path))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Cannot delete ")
                    .hasMessageContaining("it is not below file:" + run);
        }
        assertForeignIsThere();
    }

    @Test
    void refusesAWayThroughALink() throws IOException {
        FileSystem files = LocalDisk.of(URI.create("file:///"), new Configuration());
        Files.createDirectories(run);
        Files.createSymbolicLink(run.resolve("link"), foreign);
        assertThatThrownBy(() -> below(files, run, run.resolve("link/policy/thesis.tex")))
                .hasMessageEndingWith("link is a symbolic link, which Solera never follows here");
        assertForeignIsThere();
    }

    @Test
    void aFolderThatIsItselfReachedByALinkIsTheUsersChoice() throws IOException {
        FileSystem files = LocalDisk.of(URI.create("file:///"), new Configuration());
        Files.createDirectories(run.resolve("a"));
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), run);
        below(files, alias, alias.resolve("a"));
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void aRoundThatIsALinkIsNotCleared() throws IOException {
        try (RunFolder opened = Runs.open(run)) {
            Runs.commit(opened, 0);
            Files.createSymbolicLink(run.resolve("rounds/00001"), foreign);
            assertThatThrownBy(() -> opened.begin(1))
                    .hasMessageContaining("rounds/00001 is a symbolic link, which Solera never follows here");
        }
        assertForeignIsThere();
    }

    @Test
    void roundsThatAreALinkAreNotCleared() throws IOException {
        Files.createDirectories(foreign.resolve("00000/12345678"));
        try (RunFolder opened = Runs.open(run)) {
            Files.createSymbolicLink(run.resolve("rounds"), foreign);
            assertThatThrownBy(() -> opened.begin(0))
                    .hasMessageContaining("rounds is a symbolic link, which Solera never follows here");
        }
        assertThat(foreign.resolve("00000/12345678")).exists();
    }

    @Test
    void anAttemptThatIsALinkIsNotPruned() throws IOException {
        try (RunFolder opened = Runs.open(run)) {
            CommittedRound first = Runs.commit(opened, 0);
            Runs.commit(opened, 1);
            Path attempt = run.resolve("rounds/00000/" + first.attempt());
            Files.move(attempt, folder.resolve("moved"));
            Files.createSymbolicLink(attempt, foreign);
            assertThatThrownBy(() -> opened.prune(1, Set.of(1)))
                    .hasMessageContaining("is a symbolic link, which Solera never follows here");
        }
        assertForeignIsThere();
    }

    @Test
    void whatIsLeftOfARoundIsClearedWithItsLinks() throws IOException {
        try (RunFolder opened = Runs.open(run)) {
            Path left = Files.createDirectories(run.resolve("rounds/00000/0badcafe"));
            Files.createSymbolicLink(left.resolve("policy"), foreign);
            Files.createSymbolicLink(run.resolve("rounds/00000/work"), foreign);
            opened.begin(0);
            assertThat(run.resolve("rounds/00000")).isEmptyDirectory();
        }
        assertForeignIsThere();
    }
}

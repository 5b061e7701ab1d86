package io.solera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestFolders {
    @TempDir
    private Path folder;

    @Test
    void aFolderThatRefusesLibrariesIsNamedWithTheWayOut() throws IOException {
        Path real = folder.toRealPath();
        String mount = "tmpfs %s tmpfs rw,nosuid,noexec,relatime 0 0".formatted(real);
        Outcome temporary = Folders.temporary(
                Machines.with(Map.of(), Map.of("java.io.tmpdir", real.toString()), "/dev/a / ext4 rw 0 0", mount));
        assertThat(temporary.status()).isEqualTo(Status.FAILED);
        assertThat(temporary.words())
                .isEqualTo("%s is mounted with noexec: native libraries do not load from there".formatted(real));
        assertThat(temporary.wayOut()).startsWith("name another with -Djava.io.tmpdir=FOLDER");

        Outcome djl = Folders.djl(
                Machines.with(Map.of("DJL_CACHE_DIR", real.resolve("cache").toString()), Map.of(), mount));
        assertThat(djl.status()).isEqualTo(Status.FAILED);
        assertThat(djl.wayOut()).startsWith("set DJL_CACHE_DIR to another");
    }

    @Test
    void ofMountsAtOnePlaceTheLastCountsAndADeeperOneBeforeThat() {
        Mounts mounts = Mounts.of(List.of(
                "a / ext4 rw 0 0",
                "b /data tmpfs rw,noexec 0 0",
                "c /data tmpfs rw 0 0",
                "d /data/my\\040own x ro,noexec"));
        assertThat(mounts.refusesPrograms(Path.of("/data/x"))).isFalse();
        assertThat(mounts.refusesPrograms(Path.of("/data/my own/x"))).isTrue();
        assertThat(mounts.isReadOnly(Path.of("/data/my own"))).isTrue();
        assertThat(mounts.refusesPrograms(Path.of("/database"))).isFalse();
    }

    @Test
    void aUserWithoutAHomeIsToldWhichFoldersToName() {
        for (String home : new String[] {"?", folder.resolve("none").toString()}) {
            Machine machine = Machines.with(Map.of(), Map.of("user.home", home));
            assertThat(Folders.djl(machine))
                    .isEqualTo(Outcome.failed(
                            "this user has no home folder (%s)".formatted(home),
                            "set DJL_CACHE_DIR to another (in the environment of the driver, and"
                                    + " spark.executorEnv.DJL_CACHE_DIR)"));
            assertThat(Folders.javaCpp(machine).wayOut())
                    .startsWith("name another with -Dorg.bytedeco.javacpp.cachedir=FOLDER");
        }
    }

    @Test
    void namedFoldersNeedNoHomeAndNeedNotExist() {
        Machine machine = Machines.with(
                Map.of("DJL_CACHE_DIR", folder.resolve("a/b").toString()),
                Map.of(
                        "user.home",
                        "?",
                        "org.bytedeco.javacpp.cachedir",
                        folder.resolve("c").toString()));
        assertThat(Folders.djl(machine).words()).startsWith(folder.resolve("a/b") + ", ");
        assertThat(Folders.javaCpp(machine).status()).isNotEqualTo(Status.FAILED);
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void whatIsNotAFolderIsRefused() throws IOException {
        Path file = Files.createFile(folder.toRealPath().resolve("file"));
        Machine machine = Machines.with(
                Map.of(), Map.of("java.io.tmpdir", file.resolve("tmp").toString()));
        assertThat(Folders.temporary(machine).words()).isEqualTo(file + " is not a folder");
    }
}

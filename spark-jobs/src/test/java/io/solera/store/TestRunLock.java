package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunLock {
    private static final String ELSEWHERE =
            "{\"run\":\"r\",\"host\":\"elsewhere.example\",\"process\":7,\"start-millis\":1}";

    @TempDir
    private Path folder;

    @Test
    void refusesASecondDriver() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            refuses("another driver is using it (process %d on this machine)"
                    .formatted(ProcessHandle.current().pid()));
            Runs.commit(run, 0);
        }
        try (RunFolder run = Runs.open(folder)) {
            assertThat(run.lastRound()).isPresent();
        }
    }

    @Test
    void takesOverFromAKilledDriverOnThisMachineAtOnce() throws Exception {
        Process driver = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Driver.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolveSibling(folder.getFileName() + ".log").toFile())
                .start();
        while (!Files.exists(folder.resolve("rounds/00000/manifest.json"))) {
            assertThat(driver.isAlive()).isTrue();
            Thread.sleep(20);
        }
        refuses("another driver is using it (process %d on this machine)".formatted(driver.pid()));
        driver.destroyForcibly().waitFor();
        try (RunFolder run = Runs.open(folder)) {
            assertThat(run.lastRound().orElseThrow().round()).isZero();
            Runs.commit(run, 1);
            assertThat(Runs.files(folder.resolve("rounds/00001"))).hasSize(4);
        }
        assertThat(new File(folder.toFile(), "lock").list())
                .containsExactlyInAnyOrder("000002.json", "000002.beat", "000002.released");
    }

    /** A driver that commits a round and begins the next. */
    static final class Driver {
        public static void main(String[] arguments) throws Exception {
            RunFolder run = Runs.open(Path.of(arguments[0]));
            Runs.commit(run, 0);
            Runs.write(run, 1);
            Thread.sleep(60_000);
        }
    }

    @Test
    void aProcessNumberThatIsUsedAgainIsAnotherProcess() throws IOException {
        LockHolder self = LockHolder.thisProcess("r");
        assertThat(self.isGone()).isFalse();
        LockHolder earlier = new LockHolder("r", self.host(), self.process(), self.startMillis() - 60_000);
        assertThat(earlier.isGone()).isTrue();
        lock(1, earlier.json());
        Runs.open(folder).close();
    }

    @Test
    void waitsForASignOfLifeFromAnotherMachine() throws IOException {
        Runs.open(folder).close();
        lock(2, ELSEWHERE);
        assertThatThrownBy(() -> Runs.open(folder))
                .isInstanceOf(RefusedRunException.class)
                .hasMessageMatching(
                        "Cannot use run folder \\Q%s\\E: another driver is using it \\(process 7 on elsewhere.example,"
                                        .formatted(folder)
                                + " seen [0-9]+ s ago; if it is gone, it is free 300 s after that\\)");
        age(2, ".json", 400);
        Files.writeString(folder.resolve("lock/000002.beat"), "");
        age(2, ".beat", 290);
        assertThatThrownBy(() -> Runs.open(folder)).hasMessageContaining("seen 29");
        age(2, ".beat", 301);
        Runs.open(folder).close();
    }

    @Test
    void aTornLockEndsWithItsSignsOfLife() throws IOException {
        lock(1, "{\"run\":");
        assertThat(LockHolder.of("{}")).isEmpty();
        assertThatThrownBy(() -> Runs.open(folder))
                .hasMessageContaining("another driver is using it (unknown, seen 0 s ago");
        age(1, ".json", 301);
        Runs.open(folder).close();
    }

    @Test
    void whoLostTheLockCommitsNothing() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            RoundWriter writer = Runs.write(run, 0);
            lock(2, ELSEWHERE);
            String why = "another driver took over run folder %s (its lock is 2, this one's 1)".formatted(folder);
            assertThatThrownBy(() -> writer.commit(Runs.metrics(0)))
                    .isInstanceOf(LostRunException.class)
                    .hasMessage("Cannot commit round 0: " + why);
            assertThatThrownBy(() -> run.begin(1)).hasMessage("Cannot begin round 1: " + why);
            assertThatThrownBy(() -> run.rewrite("summary.json", "")).hasMessage("Cannot write summary.json: " + why);
            assertThatThrownBy(() -> run.prune(1, 0)).hasMessage("Cannot remove old rounds: " + why);
            assertThat(run.lastRound()).isEmpty();
        }
        assertThatThrownBy(() -> Runs.open(folder)).hasMessageContaining("elsewhere.example");
    }

    @Test
    void aLockWrittenOverIsLost() throws IOException {
        RunFolder run = Runs.open(folder);
        lock(1, ELSEWHERE);
        assertThatThrownBy(() -> run.begin(0))
                .isInstanceOf(LostRunException.class)
                .hasMessageStartingWith("Cannot begin round 0: another driver took over run folder");
    }

    @Test
    void readersNeedNoLock() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            Runs.commit(run, 0);
            Rounds rounds = Rounds.of(folder.toString(), new Configuration());
            assertThat(rounds.last().orElseThrow().round()).isZero();
            assertThat(rounds.all()).hasSize(1);
        }
    }

    private void refuses(String why) {
        assertThatThrownBy(() -> Runs.open(folder))
                .isInstanceOf(RefusedRunException.class)
                .hasMessage("Cannot use run folder %s: %s".formatted(folder, why));
    }

    private void lock(int number, String text) throws IOException {
        Files.createDirectories(folder.resolve("lock"));
        Files.writeString(folder.resolve("lock/%06d.json".formatted(number)), text);
    }

    private void age(int number, String ending, int seconds) throws IOException {
        Files.setLastModifiedTime(
                folder.resolve("lock/%06d%s".formatted(number, ending)),
                FileTime.from(Instant.now().minusSeconds(seconds)));
    }
}

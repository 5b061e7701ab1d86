package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.store.storage.Content;
import io.solera.store.storage.Storage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunLock {
    private static final String ELSEWHERE =
            new LockHolder("r", "elsewhere.example", "another-start", "pid:[1] time:[2]", 7, 1).json();
    private static final Beats QUICK = new Beats(Duration.ofMillis(50), Duration.ofMillis(500));
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void refusesASecondDriver() throws IOException {
        try (RunFolder run = Runs.open(folder)) {
            refuses("another driver is using it (process %d on this machine; wait for its end with --wait=SECONDS)"
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
        refuses("another driver is using it (process %d on this machine; wait for its end with --wait=SECONDS)"
                .formatted(driver.pid()));
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
        assertThat(self.isAlive()).contains(true);
        LockHolder earlier =
                new LockHolder("r", self.host(), self.machine(), self.namespace(), self.process(), self.start() - 1);
        assertThat(earlier.isAlive()).contains(false);
        lock(1, earlier.json());
        Runs.open(folder).close();
    }

    @Test
    void aProcessOfAnotherMachineOrContainerIsNotJudged() {
        LockHolder self = LockHolder.thisProcess("r");
        long gone = 4_194_305; // above the largest process number of Linux
        assertThat(new LockHolder("r", self.host(), self.machine(), self.namespace(), gone, 1).isAlive())
                .contains(false);
        assertThat(new LockHolder("r", self.host(), "another-start", self.namespace(), gone, 1).isAlive())
                .isEmpty();
        assertThat(new LockHolder("r", self.host(), self.machine(), "pid:[1] time:[2]", gone, 1).isAlive())
                .isEmpty();
        assertThat(new LockHolder("r", self.host(), "", "", gone, 1).isAlive()).isEmpty();
        assertThat(new LockHolder("r", self.host(), self.machine(), self.namespace(), gone, 0).isAlive())
                .isEmpty();
    }

    @Test
    void processesAreNotJudgedByTheListOfAnotherNamespaceNorByOneThatHidesSome(@TempDir Path proc) throws IOException {
        ProcessTable table = new ProcessTable(proc);
        assertThat(table.machine()).isEmpty();
        assertThat(table.namespace()).isEmpty();
        Files.createSymbolicLink(proc.resolve("self"), Path.of("12"));
        assertThat(table.isWhole(12)).isFalse(); // process 1 is hidden
        String stat = "1 (a) S) S 0 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 %s 100 7\n";
        Files.writeString(Files.createDirectories(proc.resolve("1")).resolve("stat"), stat.formatted("33"));
        assertThat(table.isWhole(12)).isTrue();
        assertThat(table.isWhole(1)).isFalse(); // as under unshare -p: it is 1, and the list says 12
        assertThat(table.start(1)).hasValue(33);
        Files.writeString(proc.resolve("1/stat"), stat.formatted("33").replace(") S 0", ") Z 0"));
        assertThat(table.start(1)).isEmpty();
    }

    @Test
    void aHolderElsewhereIsGoneWhenNoSignOfLifeIsSeenForLongEnough() throws IOException {
        lock(2, ELSEWHERE);
        assertThatThrownBy(() -> Runs.open(folder))
                .isInstanceOf(LockedRunException.class)
                .hasMessage("Cannot use run folder %s: another driver may be using it (process 7 on elsewhere.example,"
                                .formatted(folder)
                        + " without a sign of life for 0 s; if it is gone, --wait takes over after 90 s)");
        long begun = System.nanoTime();
        RunLock.take(storage(), LONG, QUICK).close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(QUICK.silence());
        assertThat(new File(folder.toFile(), "lock").list()).contains("000003.json");
    }

    @Test
    void stampsInTheFutureAndInThePastMeanNothing() throws IOException {
        for (int seconds : new int[] {3600, -3600, -400_000_000}) {
            int number = highest() + 1;
            lock(number, ELSEWHERE);
            Files.writeString(folder.resolve("lock/%06d.beat".formatted(number)), "r 5\n");
            age(number, ".json", seconds);
            age(number, ".beat", seconds);
            assertThatThrownBy(() -> RunLock.take(storage(), QUICK.silence().dividedBy(2), QUICK))
                    .as("too soon, by a stamp %d s old", seconds)
                    .isInstanceOf(LockedRunException.class);
            RunLock.take(storage(), LONG, QUICK).close();
        }
    }

    @Test
    void aHolderThatGivesSignsOfLifeKeepsTheFolderWhateverItsClockSays() throws Exception {
        lock(1, ELSEWHERE);
        Beats slow = new Beats(QUICK.every(), Duration.ofSeconds(5)); // a machine that is busy beats late
        CountDownLatch done = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            try {
                for (int beat = 0; !done.await(50, TimeUnit.MILLISECONDS); beat++) {
                    storage().replace(new org.apache.hadoop.fs.Path(folder + "/lock/000001.beat"), Content.of(""));
                    age(1, ".beat", beat % 2 == 0 ? 100_000 + beat : -100_000 - beat); // a clock that steps
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        holder.start();
        try {
            assertThatThrownBy(() -> RunLock.take(storage(), Duration.ofSeconds(6), slow))
                    .isInstanceOf(LockedRunException.class)
                    .hasMessageEndingWith("another driver is using it (process 7 on elsewhere.example;"
                            + " wait for its end with --wait=SECONDS)");
        } finally {
            done.countDown();
            holder.join();
        }
    }

    @Test
    void waitsForTheHolderToReleaseIt() throws Exception {
        RunLock held = RunLock.take(storage(), Duration.ZERO, QUICK);
        Thread holder = new Thread(() -> {
            try {
                Thread.sleep(300);
                held.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        holder.start();
        RunLock taken = RunLock.take(storage(), LONG, Beats.USUAL);
        holder.join();
        assertThat(taken.run()).isNotEqualTo(held.run());
        taken.check("begin round 0");
        assertThatThrownBy(() -> held.check("begin round 0"))
                .isInstanceOf(LostRunException.class)
                .hasMessage("Cannot begin round 0: this driver has released run folder %s, since its process is ending"
                        .formatted(folder));
        taken.close();
    }

    /** As in containers of one machine: same machine, same host name, process numbers of their own. */
    @Test
    void aLiveDriverInAnotherProcessNamespaceKeepsTheFolder() throws Exception {
        List<String> unshare = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child"));
        if (!"root".equals(System.getProperty("user.name"))) {
            unshare.addAll(List.of("--user", "--map-root-user"));
        }
        LockHolder self = LockHolder.thisProcess("r");
        LockHolder inside = new LockHolder("r", self.host(), self.machine(), "pid:[1] time:[2]", 1, self.start());
        if (isAllowed(unshare)) {
            unshare.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Driver.class.getName(),
                    folder.toString()));
            Process driver = new ProcessBuilder(unshare)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            folder.resolveSibling(folder.getFileName() + ".log").toFile())
                    .start();
            try {
                while (!Files.exists(folder.resolve("rounds/00000/manifest.json"))) {
                    assertThat(driver.isAlive()).isTrue();
                    Thread.sleep(20);
                }
                refusesWhatItCannotJudge(inside);
            } finally {
                List<ProcessHandle> children = driver.descendants().toList();
                driver.destroyForcibly().waitFor();
                // they are killed with their parent, but not waited for, and write here until they are gone
                children.forEach(process -> process.onExit().join());
            }
        } else { // where no namespace may be made, what a driver in one writes
            lock(1, inside.json());
            refusesWhatItCannotJudge(inside);
        }
        RunLock.take(storage(), LONG, QUICK).close();
    }

    private void refusesWhatItCannotJudge(LockHolder inside) {
        assertThatThrownBy(() -> Runs.open(folder))
                .isInstanceOf(LockedRunException.class)
                .hasMessageContaining("another driver may be using it (process 1 on %s, ".formatted(inside.host()));
    }

    private static boolean isAllowed(List<String> unshare) throws InterruptedException {
        List<String> command = new ArrayList<>(unshare);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aTornLockEndsWithItsSignsOfLife() throws IOException {
        assertThat(LockHolder.of("{}")).isEmpty();
        assertThat(LockHolder.of("{\"run\":[],\"host\":1}")).isEmpty();
        assertThat(LockHolder.of(ELSEWHERE.replace(":7", ":\"x\""))).isEmpty();
        lock(1, "{\"run\":");
        assertThatThrownBy(() -> Runs.open(folder))
                .isInstanceOf(LockedRunException.class)
                .hasMessageContaining("another driver may be using it (unknown, without a sign of life for 0 s");
        RunLock.take(storage(), LONG, QUICK).close();
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
            assertThatThrownBy(() -> run.prune(1, Set.of(0))).hasMessage("Cannot remove old rounds: " + why);
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
                .isInstanceOf(LockedRunException.class)
                .hasMessage("Cannot use run folder %s: %s".formatted(folder, why));
    }

    private Storage storage() throws IOException {
        return RunFolder.storage(folder.toString(), new Configuration());
    }

    private int highest() {
        String[] names = new File(folder.toFile(), "lock").list();
        return names == null
                ? 0
                : Arrays.stream(names)
                        .mapToInt(name -> Integer.parseInt(name.substring(0, 6)))
                        .max()
                        .orElse(0);
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

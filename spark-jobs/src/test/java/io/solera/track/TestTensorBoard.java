package io.solera.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.solera.store.RunFolder;
import io.solera.store.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTensorBoard {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("run").resolve(TensorBoard.FILE);
    }

    private TrackedRun rounds(int last) throws IOException {
        TrackedRun run = TrackedRuns.open(folder.resolve("run"));
        for (int round = 0; round <= last; round++) {
            TrackedRuns.commit(run, round);
        }
        return run;
    }

    private static void reach(TrackedRun run, int round) throws IOException {
        new TensorBoard(run).reach(round);
    }

    @Test
    void growsWithTheRoundsAndHasEachNumberOnce() throws IOException {
        TrackedRun run = rounds(3);
        TensorBoard board = new TensorBoard(run);
        byte[] before = {};
        for (int round = 0; round <= 3; round++) {
            board.reach(round);
            board.reach(round);
            byte[] now = Files.readAllBytes(file());
            assertThat(Arrays.copyOf(now, before.length)).isEqualTo(before);
            assertThat(now.length).isGreaterThan(before.length);
            before = now;
        }
        run.folder().close();
        List<EventReader.Point> points = EventReader.points(file());
        assertThat(points).hasSize(2 + 3 * (4 + 8));
        assertThat(points)
                .filteredOn(point -> point.tag().equals("qed/loss"))
                .extracting(EventReader.Point::step, EventReader.Point::value)
                .containsExactly(
                        tuple(1L, 0.5f),
                        tuple(2L, 0.25f),
                        tuple(3L, 0.25f),
                        tuple(4L, 0.25f),
                        tuple(5L, 0.5f / 3),
                        tuple(6L, 0.25f));
        double start = points.get(0).time() - 4;
        assertThat(start).isBetween(System.currentTimeMillis() / 1e3 - 300, System.currentTimeMillis() / 1e3);
        assertThat(points.get(points.size() - 1).time() - start).isEqualTo(34, within(1e-3));
    }

    @Test
    void aResumedRunContinuesTheFileWhereItEndsEvenWithinARecord() throws IOException {
        TrackedRun run = rounds(3);
        reach(run, 3);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length += length < 60 ? 1 : 97) {
            Files.write(file(), Arrays.copyOf(whole, length));
            reach(run, 3);
            if (length < EventBytes.HEAD) {
                assertThat(EventReader.points(file()))
                        .as("cut to %d bytes", length)
                        .hasSize(38);
            } else {
                assertThat(Files.readAllBytes(file()))
                        .as("cut to %d bytes", length)
                        .isEqualTo(whole);
            }
        }
        run.folder().close();
    }

    @Test
    void theSameFileGrowsSoThatAnOpenReaderSeesIt() throws IOException {
        TrackedRun run = rounds(2);
        reach(run, 1);
        Object inode = Files.getAttribute(file(), "unix:ino");
        reach(run, 2);
        assertThat(Files.getAttribute(file(), "unix:ino")).isEqualTo(inode);
        run.folder().close();
    }

    @Test
    void aFileOfOtherRoundsOrOfSomebodyElseIsReplaced() throws IOException {
        TrackedRun run = rounds(3);
        reach(run, 3);
        byte[] three = Files.readAllBytes(file());
        reach(run, 2); // as after the last round was deleted
        assertThat(Files.readAllBytes(file())).isEqualTo(Arrays.copyOf(three, Files.readAllBytes(file()).length));
        assertThat(EventReader.points(file())).hasSize(2 + 2 * 12);
        byte[] changed = three.clone();
        changed[200] ^= 1;
        Files.write(file(), changed);
        reach(run, 3);
        assertThat(Files.readAllBytes(file())).isEqualTo(three);
        Files.writeString(file(), "something else");
        reach(run, 3);
        assertThat(EventReader.points(file())).hasSize(38);
        run.folder().close();
    }

    @Test
    void noLinkIsFollowedAndNoOtherDriversFolderIsWritten() throws IOException {
        TrackedRun run = rounds(1);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(folder.resolve("run/tensorboard"), elsewhere);
        assertThatThrownBy(() -> reach(run, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run/tensorboard is a symbolic link, which Solera never follows here");
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(link);
        run.folder().close();
        assertThatThrownBy(() -> reach(run, 1))
                .hasMessageContaining("Cannot write tensorboard/events.out.tfevents.solera: this driver has released");
        assertThat(file()).doesNotExist();
    }

    @Test
    void anOverwrittenRunLosesItsFile() throws IOException {
        TrackedRun run = rounds(1);
        reach(run, 1);
        run.folder().close();
        RunFolder.open(
                        folder.resolve("run").toString(),
                        new Configuration(),
                        Runs.JOB,
                        text -> text,
                        new RunFolder.Opening(true, Duration.ZERO))
                .close();
        assertThat(folder.resolve("run/tensorboard")).doesNotExist();
    }
}

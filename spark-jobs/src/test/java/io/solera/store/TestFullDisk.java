package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import io.solera.store.storage.Content;
import io.solera.store.storage.RecordedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk becomes full at each write of a run in turn, and has room again when the run is resumed. */
class TestFullDisk {
    private static final int LAST = 1;
    private static final Configuration PLAIN = new Configuration();

    @TempDir
    private Path folder;

    private final Configuration configuration = new Configuration();

    @AfterEach
    void end() {
        RecordedDisk.end(configuration);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatItEndsSaysSoLosesNothingAndIsResumed(boolean asError) throws IOException {
        Path whole = folder.resolve("whole");
        RecordedDisk.record(configuration, whole);
        run(whole);
        int failures = 0;
        for (int room = 0; room < 1_000; room++) {
            Path run = folder.resolve("run" + room);
            RecordedDisk.record(configuration, run);
            RecordedDisk.full(room, asError);
            boolean ended = endedWithAProblem(run);
            if (!ended && !RecordedDisk.isFull()) {
                assertThat(failures).isGreaterThan(30);
                return;
            }
            failures += ended ? 1 : 0;
            assertThat(Runs.files(run)).as("half files after %d", room).noneMatch(name -> name.endsWith(".tmp"));
            RecordedDisk.roomy();
            Runs.leave(run);
            List<CommittedRound> before = committed(run);
            run(run);
            assertThat(Runs.shapes(run)).isEqualTo(Runs.shapes(whole));
            List<CommittedRound> after = committed(run);
            for (CommittedRound round : before) {
                assertThat(after.get(round.round()).attempt())
                        .as("no round is lost")
                        .isEqualTo(round.attempt());
            }
        }
        assertThat(failures).as("there is an end").isZero();
    }

    @Test
    void aLockThatCannotBeTakenIsNotHeld() throws IOException {
        RecordedDisk.record(configuration, folder);
        RecordedDisk.full(0, true, "lock/.*beat.*");
        assertThat(endedWithAProblem(folder)).isTrue();
        RecordedDisk.roomy();
        run(folder);
    }

    private boolean endedWithAProblem(Path run) {
        try {
            run(run);
            return false;
        } catch (IOException e) {
            assertThat(e).isInstanceOf(Problem.class);
            assertThat(((Problem) e).category()).isEqualTo(Category.RUN);
            assertThat(e)
                    .hasMessageStartingWith("Cannot write " + run + "/")
                    .hasMessageEndingWith(": No space left on device (make room there, then run the same command again,"
                            + " with --resume where it has that)");
            return true;
        }
    }

    private static List<CommittedRound> committed(Path run) throws IOException {
        if (!Files.exists(run.resolve("job.yaml"))) {
            return List.of();
        }
        List<CommittedRound> rounds = Rounds.of(run.toString(), PLAIN).all();
        for (CommittedRound round : rounds) {
            round.verify();
        }
        return rounds;
    }

    /** What a run does with its folder, from where it is. */
    private void run(Path at) throws IOException {
        try (RunFolder run = RunFolder.open(at.toString(), configuration, Runs.JOB, text -> text)) {
            int done = run.resumedRound().map(CommittedRound::round).orElse(-1);
            for (int round = done + 1; round <= LAST; round++) {
                RoundWriter writer = Runs.write(run, round);
                writer.work().writeOnce("qed/1", Content.of("state"));
                writer.note(writer.files()
                        .writeHashedOnce("rollouts.parquet", Content.of("rows"))
                        .orElseThrow());
                writer.commit(Runs.metrics(round));
                run.prune(1, Set.of());
            }
            run.prune(1, Set.of());
            run.rewrite("metrics.jsonl", "{}\n");
            run.append("metrics.jsonl", Content.of("{}\n"));
            run.rewrite("summary.json", "{}");
        }
    }
}

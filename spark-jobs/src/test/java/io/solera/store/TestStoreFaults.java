package io.solera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import io.solera.store.storage.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A store rejects, tears or delays one request, each in turn: the run ends with a problem that can be resumed, or
 * notices that nothing was lost; what was committed stays, and the run that is resumed has the files of an undisturbed
 * one.
 */
class TestStoreFaults {
    private static final int LAST = 1;
    private static final Configuration CONFIGURATION = LocalTwin.configuration();

    @TempDir
    private Path folder;

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("o3fs", StoreFaults.Kind.TORN),
                Arguments.of("o3fs", StoreFaults.Kind.NOT_RENAMED),
                Arguments.of("gs", StoreFaults.Kind.TORN),
                Arguments.of("s3a", StoreFaults.Kind.TORN),
                Arguments.of("twin", StoreFaults.Kind.TORN),
                Arguments.of("twin", StoreFaults.Kind.REJECTED),
                Arguments.of("twin", StoreFaults.Kind.UNANSWERED),
                Arguments.of("twin", StoreFaults.Kind.NOT_READ),
                Arguments.of("twin", StoreFaults.Kind.NOT_LISTED));
    }

    @Test
    void aSlowStoreIsAStore() throws IOException {
        StoreFaults.after(3, StoreFaults.Kind.SLOW);
        run("twin", folder);
        assertThat(StoreFaults.isOver()).isTrue();
        assertThat(committed("twin", folder)).hasSize(LAST + 1);
    }

    @AfterEach
    void end() {
        StoreFaults.none();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void nothingThatWasCommittedIsLost(String scheme, StoreFaults.Kind kind) throws IOException {
        Path whole = folder.resolve("whole");
        run(scheme, whole);
        for (int requests = 0; requests < 500; requests++) {
            Path run = folder.resolve("run" + requests);
            StoreFaults.after(requests, kind);
            boolean ended = endedWithAProblem(scheme, run);
            if (!StoreFaults.isOver()) {
                assertThat(ended).isFalse();
                assertThat(requests).as("requests that could fail").isPositive();
                return;
            }
            StoreFaults.none();
            Runs.leave(run);
            List<CommittedRound> before = committed(scheme, run);
            run(scheme, run);
            assertThat(Runs.shapes(run)).as("after %s %d", kind, requests).isEqualTo(Runs.shapes(whole));
            List<CommittedRound> after = committed(scheme, run);
            for (CommittedRound round : before) {
                assertThat(after.get(round.round()).attempt()).isEqualTo(round.attempt());
            }
        }
        assertThat(folder).as("there is an end").isNull();
    }

    private static boolean endedWithAProblem(String scheme, Path run) {
        try {
            run(scheme, run);
            return false;
        } catch (RefusedRunException e) {
            assertThat(e).as("no lock is written").hasMessageContaining("403 Forbidden");
            return true;
        } catch (IOException e) {
            if (e instanceof Problem problem) {
                assertThat(problem.category()).as(e.getMessage()).isEqualTo(Category.RUN);
                assertThat(e).hasMessageStartingWith("Cannot write " + scheme + ":");
            } else {
                assertThat(e).hasMessageContaining(": 503 Slow Down");
            }
            return true;
        }
    }

    private static List<CommittedRound> committed(String scheme, Path run) throws IOException {
        if (!Files.exists(run.resolve("job.yaml"))) {
            return List.of();
        }
        List<CommittedRound> rounds =
                Rounds.of(scheme + "://" + run, CONFIGURATION).all();
        for (CommittedRound round : rounds) {
            round.verify();
        }
        return rounds;
    }

    private static void run(String scheme, Path at) throws IOException {
        try (RunFolder run = RunFolder.open(scheme + "://" + at, CONFIGURATION, Runs.JOB, text -> text)) {
            int done = run.resumedRound().map(CommittedRound::round).orElse(-1);
            for (int round = done + 1; round <= LAST; round++) {
                RoundWriter writer = Runs.write(run, round);
                writer.work().writeOnce("qed/1", Content.of("state"));
                writer.files()
                        .writeHashedOnce("rollouts.parquet", Content.of("rows"))
                        .ifPresent(writer::note);
                writer.commit(Runs.metrics(round));
                run.prune(1, Set.of());
            }
            run.prune(1, Set.of());
            run.rewrite("summary.json", "{}");
        }
    }
}

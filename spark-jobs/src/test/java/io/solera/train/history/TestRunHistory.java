package io.solera.train.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.solera.config.TrainJob;
import io.solera.store.CommittedRound;
import io.solera.store.LocalTwin;
import io.solera.store.RecordJson;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import io.solera.store.Runs;
import io.solera.train.evaluation.Measures;
import io.solera.train.evaluation.TestCollapse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestRunHistory {
    private static final List<String> REWARDS = List.of("qed", "sa");

    @TempDir
    private Path folder;

    /** What was said in the background: the number of a round, or why the files of one were not written. */
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    @Test
    void aRoundReadsAndWritesAsMuchAsAnyOther() throws Exception {
        try (RunFolder run = open("count");
                RunHistory history = history(run)) {
            Map<String, Integer> tenth = Map.of();
            for (int round = 0; round <= 40; round++) {
                LocalTwin.Counting.calls();
                history.add(commit(run, round, 0.1 + 0.01 * (round % 7)));
                run.prune(2, history.best());
                assertThat(next()).isEqualTo("round " + round);
                if (round == 10) {
                    tenth = counted();
                    assertThat(tenth)
                            .as("its own manifest, and that of the round whose policy is removed")
                            .containsEntry("open manifest.json", 2)
                            .containsEntry("append metrics.jsonl", 1)
                            .containsEntry("create summary.json", 1)
                            .doesNotContainKeys("open metrics.jsonl", "create metrics.jsonl", "list rounds");
                } else if (round == 38) { // of seven, the same place as the tenth
                    assertThat(counted()).isEqualTo(tenth);
                }
            }
            history.finish(1);
        }
        assertMetrics();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "o3fs", "twin"})
    void aResumedRunHasTheLinesOfAllRounds(String scheme) throws Exception {
        try (RunFolder run = open(scheme);
                RunHistory history = history(run)) {
            history.add(commit(run, 0, 0.1));
            history.add(commit(run, 1, 0.3));
            history.add(commit(run, 2, 0.2));
        }
        Files.writeString(folder.resolve("metrics.jsonl"), "half a li");
        try (RunFolder run = open(scheme);
                RunHistory history = history(run)) {
            history.read(run.lastRound().orElseThrow());
            assertThat(history.grew()).isFalse();
            assertThat(history.records()).hasSize(3);
            history.add(commit(run, 3, 0.2));
            assertThat(history.grew()).isTrue();
            history.finish(5);
        }
        assertMetrics();
        assertThat(folder.resolve("summary.json")).content().contains("\"status\": \"done\"", "\"rounds\": 3");
        assertThat(folder.resolve("molecules.csv")).hasContent("best of round 3");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("solera-history"));
    }

    @Test
    void theBestRoundOfTheSummaryKeepsItsPolicyUntilTheSummaryIsWritten() throws Exception {
        Path obstacle = folder.resolve("summary.json");
        try (RunFolder run = open("file");
                RunHistory history = history(run)) {
            history.add(commit(run, 0, 0.1));
            assertThat(next()).isEqualTo("round 0");
            Files.delete(obstacle);
            Files.createDirectories(obstacle.resolve("in-the-way"));
            history.add(commit(run, 1, 0.5));
            assertThat(next()).startsWith("round 1 failed: ").contains("summary.json");
            assertThat(history.best()).containsExactlyInAnyOrder(0, 1);
            Files.delete(obstacle.resolve("in-the-way"));
            Files.delete(obstacle);
            history.add(commit(run, 2, 0.2));
            assertThat(next()).isEqualTo("round 2");
            assertThat(history.best()).containsExactly(1);
        }
    }

    @Test
    void linesThatCouldNotBeWrittenAreWrittenAtTheEnd() throws Exception {
        Path metrics = folder.resolve("metrics.jsonl");
        try (RunFolder run = open("file");
                RunHistory history = history(run)) {
            history.add(commit(run, 0, 0.1));
            assertThat(next()).isEqualTo("round 0");
            Files.delete(metrics);
            Files.createDirectories(metrics.resolve("in-the-way"));
            for (int round = 1; round <= 2; round++) {
                history.add(commit(run, round, 0.2));
            }
            assertThatThrownBy(() -> history.finish(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("metrics.jsonl");
            Files.delete(metrics.resolve("in-the-way"));
            Files.delete(metrics);
            history.finish(1, "the report was not written: no space");
        }
        assertMetrics();
        assertThat(folder.resolve("summary.json"))
                .content()
                .contains("\"round\": 2", "\"text\": \"the report was not written: no space\"");
    }

    /** Without the lock, which renews itself, and folders that are called after a round or an attempt. */
    private static Map<String, Integer> counted() {
        Map<String, Integer> calls = LocalTwin.Counting.calls();
        calls.keySet()
                .removeIf(call -> call.contains("lock") || call.contains("0000") || call.matches("list \\w{5,8}"));
        return calls;
    }

    private void assertMetrics() throws IOException {
        StringBuilder lines = new StringBuilder();
        try (RunFolder run = open("file")) {
            for (RoundRecord record : RunHistory.records(run.rounds().all())) {
                lines.append(record.text());
            }
        }
        assertThat(folder.resolve("metrics.jsonl")).hasContent(lines.toString());
    }

    private String next() throws InterruptedException {
        return String.valueOf(said.poll(60, TimeUnit.SECONDS));
    }

    private RunFolder open(String scheme) throws IOException {
        return RunFolder.open(scheme + "://" + folder, LocalTwin.configuration(), Runs.JOB, text -> text);
    }

    private RunHistory history(RunFolder run) {
        return new RunHistory(run, "iterative-rs", TrainJob.BestBy.HYPERVOLUME, REWARDS, new RunHistory.Listener() {
            @Override
            public void written(int round) {
                said.add("round " + round);
            }

            @Override
            public void failed(int round, String why) {
                said.add("round %d failed: %s".formatted(round, why));
            }
        });
    }

    private static CommittedRound commit(RunFolder run, int round, double hypervolume) throws IOException {
        RoundWriter writer = Runs.write(run, round);
        writer.write("molecules.csv", "best of round " + round);
        JsonObject evaluation = TestCollapse.evaluation(200, 0.97, 1, 0.01, 40, 0);
        evaluation.getAsJsonObject("hypervolume").addProperty("mean", hypervolume);
        Measures measures = TestCollapse.measures(evaluation);
        JsonObject step = new JsonObject();
        step.addProperty("learner", "qed");
        step.addProperty("step", 0);
        return writer.commit(RecordJson.write(
                new RoundRecord(round, List.of(step), null, null, null, measures, 1.0, null, null, 1.5, 2, null)));
    }
}

package io.solera.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMlflow {
    private static final int NUMBERS = 2 + 3 * 12;

    @TempDir
    private Path folder;

    private MlflowTwin server;
    private TrackedRun run;

    @BeforeEach
    void start() throws IOException {
        server = new MlflowTwin();
        run = TrackedRuns.open(folder.resolve("nightly"));
        for (int round = 0; round <= 3; round++) {
            TrackedRuns.commit(run, round);
        }
    }

    @AfterEach
    void stop() throws IOException {
        run.folder().close();
        server.close();
    }

    private Mlflow tracker(String... more) throws IOException {
        Map<String, String> environment = new TreeMap<>(Map.of("MLFLOW_TRACKING_URI", server.uri()));
        for (int k = 0; k < more.length; k += 2) {
            environment.put(more[k], more[k + 1]);
        }
        return new Mlflow(run, environment);
    }

    /** Every number of the rounds, each once, with its steps in order. */
    private void assertWhole(MlflowTwin.Run of) {
        List<Long> steps = new ArrayList<>();
        of.metrics.forEach((key, points) -> {
            assertThat(points)
                    .extracting(MlflowTwin.Point::step)
                    .as(key)
                    .isSorted()
                    .doesNotHaveDuplicates();
            points.forEach(point -> steps.add(point.step()));
        });
        assertThat(steps).hasSize(NUMBERS);
        assertThat(of.metrics.get("qed/loss"))
                .extracting(MlflowTwin.Point::value)
                .containsExactly(0.5, 0.25, 0.25, 0.25, 0.5 / 3, 0.25);
    }

    @Test
    void aRunIsItsJobItsNumbersAndItsFiles() throws IOException {
        Files.writeString(folder.resolve("nightly/report.html"), "<html>");
        Mlflow tracker = tracker();
        for (int round = 0; round <= 3; round++) {
            tracker.reach(round);
        }
        tracker.end(true);
        MlflowTwin.Run made = server.run();
        assertWhole(made);
        assertThat(made.name).isEqualTo("nightly");
        assertThat(made.parameters)
                .isEqualTo(Map.of(
                        "model", "prior",
                        "rewards.qed.weight", "1.0",
                        "rewards.sa.weight", "0.5",
                        "stages.0.rewards.0", "qed",
                        "stages.0.max-rounds", "3"));
        assertThat(made.tags)
                .isEqualTo(Map.of(
                        "solera.run",
                        run.folder().round(0).run(),
                        "solera.run-dir",
                        folder.resolve("nightly").toString(),
                        "mlflow.source.name",
                        "solera",
                        "mlflow.source.type",
                        "JOB"));
        assertThat(made.metrics.get("sa/loss").get(0).timestamp()).isEqualTo(made.start + 9_000);
        assertThat(made.states).containsExactly("RUNNING", "FINISHED");
        assertThat(server.files)
                .containsOnlyKeys(
                        "1/0-0/artifacts/job.yaml",
                        "1/0-0/artifacts/summary.json",
                        "1/0-0/artifacts/report.html",
                        "1/0-0/artifacts/policy/model.safetensors")
                .containsEntry("1/0-0/artifacts/policy/model.safetensors", "weights of round 3");
        assertThat(server.authorizations).containsOnly("null");
    }

    @Test
    void aResumedRunContinuesTheSameRunAndSendsWhatIsMissing() throws IOException {
        Mlflow killed = tracker();
        killed.reach(1);
        Mlflow stopped = tracker();
        stopped.reach(2);
        stopped.end(false);
        Mlflow last = tracker();
        last.reach(3);
        last.end(true);
        MlflowTwin.Run made = server.run();
        assertWhole(made);
        assertThat(made.states).containsExactly("RUNNING", "KILLED", "RUNNING", "FINISHED");
        int calls = server.calls.size();
        Mlflow again = tracker();
        again.reach(3);
        again.end(true);
        assertThat(server.calls.subList(calls, server.calls.size()))
                .as("nothing is sent again of a run that is done")
                .containsExactly("experiments/get-by-name", "runs/search", "runs/get");
    }

    @Test
    void whatACallDidBeforeItFailedIsNotSentTwice() throws IOException {
        for (boolean done : new boolean[] {false, true}) {
            server.runs.clear();
            Mlflow tracker = tracker();
            for (int round = 0; round <= 3; round++) {
                int failures = 0;
                while (!reached(tracker, round, failures + 1, done)) {
                    failures++; // the next try comes a call further
                }
                assertThat(failures).isBetween(1, 7);
            }
            assertWhole(server.run());
        }
    }

    /** Whether a round is reached although a call fails, before or after its effect. */
    private boolean reached(Mlflow tracker, int round, int failing, boolean done) throws IOException {
        AtomicInteger call = new AtomicInteger();
        server.faults = name -> call.incrementAndGet() == failing ? new MlflowTwin.Fault(500, done, 0, "") : null;
        try {
            tracker.reach(round);
            return true;
        } catch (MlflowServer.Refused e) {
            assertThat(e).hasMessageStartingWith("status 500 to ").hasMessageEndingWith(" (<html>no</html>)");
            assertThat(e.isFinal()).isFalse();
            return false;
        }
    }

    @Test
    void aBusyServerIsAskedAgainAfterItsPause() throws IOException {
        AtomicInteger call = new AtomicInteger();
        server.faults = name -> call.incrementAndGet() == 2 ? new MlflowTwin.Fault(429, false, 0, "1") : null;
        long begun = System.nanoTime();
        tracker().reach(3);
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(1_000_000_000L);
        assertWhole(server.run());
    }

    @Test
    void aSlowAnswerEndsTheCall() throws IOException {
        server.faults = name -> new MlflowTwin.Fault(200, false, 5_000, "");
        long begun = System.nanoTime();
        assertThatThrownBy(() -> tracker("MLFLOW_HTTP_REQUEST_TIMEOUT", "1").reach(0))
                .hasMessage("no answer within 1 s to experiments/get-by-name");
        assertThat(System.nanoTime() - begun).isLessThan(3_000_000_000L);
    }

    @Test
    void whatIsNotThereIsSaidInPlainWords() throws IOException {
        int port = server.port();
        server.close();
        assertThatThrownBy(() -> tracker().reach(0)).hasMessage("it cannot be reached");
        server = new MlflowTwin(port);
        server.faults = name -> new MlflowTwin.Fault(200, false, 0, "");
        assertThatThrownBy(() -> tracker().reach(0))
                .hasMessage("experiments/get-by-name answers with something else than JSON (<html>no</html>):"
                        + " is it an MLflow server?");
        server.faults = name -> MlflowTwin.Fault.of(401);
        assertThatThrownBy(() -> tracker().reach(0))
                .isInstanceOfSatisfying(
                        MlflowServer.Refused.class, e -> assertThat(e.isFinal()).isTrue())
                .hasMessage("status 401 to experiments/get-by-name (<html>no</html>)");
        server.faults = name -> MlflowTwin.Fault.of(307);
        assertThatThrownBy(() -> tracker("MLFLOW_TRACKING_TOKEN", "secret").reach(0))
                .hasMessageStartingWith("status 307 to experiments/get-by-name");
        server.faults = name -> null;
        server.fileStore = "s3://key:secret@bucket/";
        Mlflow tracker = tracker();
        tracker.reach(3);
        assertThatThrownBy(() -> tracker.end(true))
                .isInstanceOf(LeftTrackerException.class)
                .hasMessage(
                        "its run has all numbers and no files: they are at s3://bucket/1/0-0/artifacts, and not stored"
                                + " through the server (start it with --serve-artifacts, for a new experiment)");
        assertWhole(server.run());
    }

    @Test
    void theEnvironmentNamesExperimentAndRun() throws IOException {
        Mlflow named = tracker("MLFLOW_EXPERIMENT_NAME", "lead optimisation", "MLFLOW_TRACKING_TOKEN", "secret");
        named.reach(1);
        assertThat(server.experiments).containsEntry("lead optimisation", "1");
        assertThat(server.authorizations).containsOnly("Bearer secret");
        tracker("MLFLOW_EXPERIMENT_ID", "1").reach(3);
        assertWhole(server.run());
        tracker("MLFLOW_EXPERIMENT_NAME", "lead optimisation").reach(3);
        assertWhole(server.run());

        MlflowTwin.Run ready = new MlflowTwin.Run();
        server.runs.put("0-ready", ready);
        tracker("MLFLOW_RUN_ID", "0-ready").reach(3);
        assertWhole(ready);
        assertThat(ready.tags).containsEntry("solera.run", run.folder().round(0).run());
        ready.tags.put("solera.run", "another");
        assertThatThrownBy(() -> tracker("MLFLOW_RUN_ID", "0-ready").reach(3))
                .isInstanceOf(LeftTrackerException.class)
                .hasMessage(
                        "MLFLOW_RUN_ID names run 0-ready, which has the numbers of another run of Solera (unset it)");
    }
}

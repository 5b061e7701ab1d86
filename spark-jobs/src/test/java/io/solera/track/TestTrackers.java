package io.solera.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.config.TrainJob.Tracking;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTrackers {
    private static final List<Tracking> BOTH = List.of(Tracking.TENSORBOARD, Tracking.MLFLOW);

    @TempDir
    private Path folder;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private TrackedRun run;

    @BeforeEach
    void rounds() throws IOException {
        run = TrackedRuns.open(folder.resolve("run"));
        for (int round = 0; round <= 3; round++) {
            TrackedRuns.commit(run, round);
        }
    }

    @AfterEach
    void close() throws IOException {
        run.folder().close();
    }

    private Trackers trackers(List<Tracking> asked, String uri) {
        return Trackers.of(
                asked, run, Map.of("MLFLOW_TRACKING_URI", uri, "MLFLOW_HTTP_REQUEST_TIMEOUT", "1"), lines::add);
    }

    private void assertNoThreadIsLeft() throws InterruptedException {
        for (int k = 0; k < 100 && threads() > 0; k++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(threads()).isZero();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("solera-track-"))
                .count();
    }

    @Test
    void allThatTheJobNamesHaveTheRunInTheEnd() throws IOException, InterruptedException {
        try (MlflowTwin server = new MlflowTwin();
                Trackers trackers = trackers(BOTH, server.uri())) {
            trackers.reach(0);
            trackers.reach(3);
            trackers.finish();
            assertThat(server.run().states).endsWith("FINISHED");
            assertThat(server.run().metrics.get("round/number")).hasSize(4);
        }
        assertThat(EventReader.points(folder.resolve("run").resolve(TensorBoard.FILE)))
                .hasSize(38);
        assertThat(lines).isEmpty();
        assertNoThreadIsLeft();
    }

    @Test
    void aServerThatIsAwayIsOneLineAndWhatIsMissingIsSentWhenItIsBack() throws IOException, InterruptedException {
        int port;
        try (MlflowTwin server = new MlflowTwin()) {
            port = server.port();
        }
        String uri = "http://127.0.0.1:" + port;
        long begun = System.nanoTime();
        try (Trackers trackers = trackers(BOTH, uri)) {
            for (int round = 0; round <= 3; round++) {
                trackers.reach(round);
            }
            trackers.finish();
        }
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(10));
        assertThat(lines)
                .containsExactly("tracking with mlflow: it cannot be reached"
                        + " (the run is not affected; it is tried again, or sent by --resume)");
        assertThat(EventReader.points(folder.resolve("run").resolve(TensorBoard.FILE)))
                .as("the other tracker is not affected")
                .hasSize(38);
        lines.clear();
        try (MlflowTwin server = new MlflowTwin(port);
                Trackers trackers = trackers(BOTH, uri)) {
            trackers.finish();
            assertThat(server.run().metrics.get("round/number")).hasSize(4);
            assertThat(server.run().states).endsWith("FINISHED");
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void aServerThatNeverAnswersHoldsNothingUp() throws IOException, InterruptedException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Trackers trackers = trackers(BOTH, "http://127.0.0.1:" + silent.getLocalPort())) {
            long begun = System.nanoTime();
            for (int k = 0; k < 10_000; k++) {
                trackers.reach(3);
            }
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.MILLISECONDS.toNanos(900));
            trackers.finish();
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(12));
        }
        assertThat(lines).singleElement().asString().contains("no answer within 1 s to experiments/get-by-name");
        assertNoThreadIsLeft();
    }

    @Test
    void whatWillNotWorkIsLeft() throws IOException, InterruptedException {
        try (MlflowTwin server = new MlflowTwin();
                Trackers trackers = trackers(List.of(Tracking.MLFLOW), server.uri())) {
            server.faults = call -> MlflowTwin.Fault.of(403);
            trackers.reach(0);
            trackers.finish();
            assertThat(server.calls).hasSize(1);
        }
        try (Trackers trackers = Trackers.of(List.of(Tracking.MLFLOW), run, Map.of(), lines::add)) {
            trackers.reach(0);
            trackers.finish();
        }
        assertThat(lines)
                .containsExactly(
                        "tracking with mlflow: status 403 to experiments/get-by-name (<html>no</html>)"
                                + " (the run is not affected)",
                        "tracking with mlflow: it is off: the environment variable MLFLOW_TRACKING_URI is not set"
                                + " (export MLFLOW_TRACKING_URI=http://host:5000) (the run is not affected)");
    }

    @Test
    void aRunThatEndsEarlySaysSo() throws IOException {
        try (MlflowTwin server = new MlflowTwin()) {
            try (Trackers trackers = trackers(List.of(Tracking.MLFLOW), server.uri())) {
                trackers.reach(2);
            }
            assertThat(server.run().states).endsWith("KILLED");
            assertThat(server.run().metrics.get("round/number")).hasSize(3);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void aFullOrReadOnlyDiskIsOneLine() throws IOException {
        Files.writeString(folder.resolve("run/tensorboard"), "a file where the folder would be");
        try (Trackers trackers = trackers(List.of(Tracking.TENSORBOARD), "")) {
            trackers.reach(0);
            trackers.reach(3);
            trackers.finish();
        }
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("tracking with tensorboard: ").contains("tensorboard");
    }

    @Test
    void withoutAnyNothingIsDone() throws IOException {
        try (Trackers trackers = trackers(List.of(), "")) {
            trackers.reach(0);
            assertThat(threads()).isZero();
            trackers.finish();
        }
        assertThat(folder.resolve("run/tensorboard")).doesNotExist();
        assertThat(lines).isEmpty();
    }
}

package io.solera.track;

import io.solera.config.TrainJob.Tracking;
import io.solera.lang.EnumText;
import io.solera.store.StoredFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The trackers that a job names with {@code track}. None of them can fail or slow the run: each works in a thread of
 * its own, and in the end they are waited for, for a bounded time.
 */
public final class Trackers implements AutoCloseable {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration AT_END = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long BYTES_PER_SECOND = 1 << 20;

    private final TrackedRun run;
    private final List<Following> all;
    private final Consumer<String> report;
    private volatile int newest = -1;
    private boolean ended;

    private Trackers(TrackedRun run, List<Following> all, Consumer<String> report) {
        this.run = run;
        this.all = all;
        this.report = report;
    }

    /** @param report is given lines for who started the run */
    public static Trackers of(List<Tracking> asked, TrackedRun run, Consumer<String> report) {
        return of(asked, run, System.getenv(), report);
    }

    static Trackers of(List<Tracking> asked, TrackedRun run, Map<String, String> environment, Consumer<String> report) {
        return new Trackers(
                run,
                asked.stream()
                        .map(one -> new Following(EnumText.of(one), () -> tracker(one, run, environment), report))
                        .toList(),
                report);
    }

    /** The list: one line each. */
    private static Tracker tracker(Tracking asked, TrackedRun run, Map<String, String> environment) throws IOException {
        return switch (asked) {
            case TENSORBOARD -> new TensorBoard(run);
            case MLFLOW -> new Mlflow(run, environment);
        };
    }

    /** A round is committed; returns at once. */
    public void reach(int round) {
        newest = Math.max(newest, round);
        all.forEach(one -> one.reach(round));
    }

    /** The run is done, with all its files: waits until everything is sent, for as long as its policy may take. */
    public void finish() {
        if (all.isEmpty()) {
            return;
        }
        try {
            long bytes =
                    run.best().files().stream().mapToLong(StoredFile::bytes).sum();
            Duration most = AT_END.plusSeconds(bytes / BYTES_PER_SECOND);
            end(run.last(), true, most.compareTo(LONGEST) < 0 ? most : LONGEST);
        } catch (IOException | RuntimeException e) {
            report.accept("tracking: the run cannot be read: %s (the run is not affected)".formatted(e.getMessage()));
        }
    }

    /** Ends a run that was not finished. */
    @Override
    public void close() {
        if (!ended && newest >= 0) {
            end(newest, false, AFTER_FAILURE);
        }
    }

    private void end(int round, boolean done, Duration most) {
        ended = true;
        long end = System.nanoTime() + most.toNanos();
        all.forEach(one -> one.finish(round, done, Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
}

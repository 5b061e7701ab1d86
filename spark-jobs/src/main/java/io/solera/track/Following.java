package io.solera.track;

import io.solera.lang.Excerpt;
import io.solera.store.storage.UnwrittenFileException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FSError;
import org.jspecify.annotations.Nullable;

/**
 * A tracker that follows a run, in a thread of its own. What waits for it is one number, the newest round, as the
 * rounds themselves are in the run folder: a slow server costs no memory, and the run never waits. Work that took t
 * starts again after 9 t at the earliest, and after a minute where it failed. The first failure is reported in a line.
 */
final class Following {
    private static final int PAUSE = 9;
    private static final long AFTER_FAILURE = TimeUnit.MINUTES.toNanos(1);
    private static final int SHOWN = 600;
    private static final int LAST_TRIES = 3;

    /** Makes a tracker. */
    interface Making {
        Tracker make() throws IOException;
    }

    private final String name;
    private final Making making;
    private final Consumer<String> report;
    private final ScheduledThreadPoolExecutor thread;
    private @Nullable Tracker tracker;
    private int target = -1;
    private boolean queued;
    private volatile boolean failing;
    private volatile boolean left;
    private long earliest = System.nanoTime();

    /** @param report is given a line for who started the run */
    Following(String name, Making making, Consumer<String> report) {
        this.name = name;
        this.making = making;
        this.report = report;
        thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "solera-track-" + name);
            made.setDaemon(true);
            return made;
        });
    }

    /** Has the tracker reach a round, some time later. */
    synchronized void reach(int round) {
        target = Math.max(target, round);
        queue();
    }

    private void queue() {
        if (queued || left) {
            return;
        }
        try {
            Future<?> unused =
                    thread.schedule(this::work, Math.max(0, earliest - System.nanoTime()), TimeUnit.NANOSECONDS);
            queued = true;
        } catch (RejectedExecutionException e) {
            // it has ended
        }
    }

    private void work() {
        int round;
        synchronized (this) {
            queued = false;
            round = target;
        }
        long begun = System.nanoTime();
        boolean reached = attempt(tracker -> tracker.reach(round));
        synchronized (this) {
            long now = System.nanoTime();
            earliest = now + Math.max(reached ? 0 : AFTER_FAILURE, PAUSE * (now - begun));
            if (!reached || target > round) {
                queue();
            }
        }
    }

    /**
     * Has the tracker reach the last round and end, and waits for it.
     *
     * @param done whether the run has ended by itself
     * @param most time to wait
     */
    void finish(int round, boolean done, Duration most) {
        Future<?> end = thread.submit(() -> {
            int tries = done && !failing ? LAST_TRIES : 1;
            for (int tried = 1; tried <= tries && !ended(round, done); tried++) {
                pause(tried);
            }
        });
        try {
            end.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            report("did not end within %d s".formatted(most.toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            report(String.valueOf(e.getCause()));
        } finally {
            thread.shutdownNow();
        }
    }

    private boolean ended(int round, boolean done) {
        return left
                || attempt(tracker -> {
                    tracker.reach(round);
                    tracker.end(done);
                });
    }

    private static void pause(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says it once, until it has worked again. */
    private void report(String why) {
        if (!failing) {
            report.accept("tracking with %s: %s (the run is not affected%s)"
                    .formatted(
                            name, Excerpt.inLine(why, SHOWN), left ? "" : "; it is tried again, or sent by --resume"));
        }
        failing = true;
    }

    private interface Step {
        void run(Tracker tracker) throws IOException;
    }

    /** Whether it was done. */
    private boolean attempt(Step step) {
        try {
            if (tracker == null) {
                tracker = making.make();
            }
            step.run(tracker);
            failing = false;
            return true;
        } catch (LeftTrackerException e) {
            left = true;
            report("it is off: " + e.getMessage());
        } catch (MlflowServer.Refused e) {
            left = e.isFinal();
            report(String.valueOf(e.getMessage()));
        } catch (UnwrittenFileException e) {
            report(e.reason());
        } catch (Exception | OutOfMemoryError | LinkageError | FSError e) {
            report(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
        return false;
    }
}

package io.solera.jobs.console;

import java.io.PrintStream;
import java.util.Locale;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkStatusTracker;

/**
 * The number of finished tasks of a command: one line that is rewritten on a terminal, a line every half minute
 * elsewhere.
 */
public final class TaskProgress implements AutoCloseable {
    private static final int TERMINAL_MILLIS = 500;
    private static final int FILE_MILLIS = 30_000;

    private final PrintStream out = System.err; // standard output may have the command's result
    // what a line should look like, no more: of a Java that always has a console, every output is a terminal
    @SuppressWarnings("SystemConsoleNull")
    private final boolean terminal = System.console() != null;

    private final JavaSparkStatusTracker tracker;
    private final String what;
    private final int tasks;
    private final long begun = System.nanoTime();
    private final Thread thread = new Thread(this::watch, "solera-progress");

    /** @param tasks in all; earlier ones of the session do not count */
    public TaskProgress(JavaSparkStatusTracker tracker, String what, int tasks) {
        this.tracker = tracker;
        this.what = what;
        this.tasks = tasks;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(terminal ? TERMINAL_MILLIS : FILE_MILLIS);
                String line = line(what, done(), tasks, (System.nanoTime() - begun) / 1e9);
                out.print(terminal ? "\r" + line + "\033[K" : line + "\n");
                out.flush();
            }
        } catch (InterruptedException e) {
            if (terminal) {
                out.print("\r\033[K");
                out.flush();
            }
        }
    }

    private int done() {
        int done = 0;
        for (int stage : tracker.getActiveStageIds()) {
            SparkStageInfo info = tracker.getStageInfo(stage);
            done += info == null ? 0 : info.numCompletedTasks();
        }
        return Math.min(done, tasks);
    }

    /** @param seconds in which the tasks were done */
    static String line(String what, int done, int tasks, double seconds) {
        String line = String.format(Locale.ROOT, "%s: %.0f %%", what, 100.0 * done / tasks);
        if (done == 0) {
            return line;
        }
        double left = seconds / done * (tasks - done);
        return line
                + (left < 90
                        ? String.format(Locale.ROOT, ", %.0f s left", left)
                        : String.format(Locale.ROOT, ", %.0f min left", left / 60));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

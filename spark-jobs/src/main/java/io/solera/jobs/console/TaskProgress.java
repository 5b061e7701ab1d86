package io.solera.jobs.console;

import io.solera.score.ProgressLine;
import java.util.Locale;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaSparkStatusTracker;

/** How many of a command's tasks are done. */
public final class TaskProgress {
    private TaskProgress() {}

    /**
     * Shows it on the error stream until it is closed, as standard output may have the command's result.
     *
     * @param tasks in all; earlier ones of the session do not count
     */
    // what a line should look like, no more: of a Java that always has a console, every output is a terminal
    @SuppressWarnings("SystemConsoleNull")
    public static ProgressLine show(JavaSparkStatusTracker tracker, String what, int tasks) {
        boolean terminal = System.console() != null;
        return new ProgressLine(
                System.err, terminal, seconds -> line(what, Math.min(done(tracker), tasks), tasks, seconds));
    }

    private static int done(JavaSparkStatusTracker tracker) {
        int done = 0;
        for (int stage : tracker.getActiveStageIds()) {
            SparkStageInfo info = tracker.getStageInfo(stage);
            done += info == null ? 0 : info.numCompletedTasks();
        }
        return done;
    }

    /** @param seconds in which the tasks were done */
    static String line(String what, int done, int tasks, double seconds) {
        String line = String.format(Locale.ROOT, "%s: %.0f %%", what, 100.0 * done / tasks);
        return done == 0 ? line : line + ", " + ProgressLine.left(seconds / done * (tasks - done));
    }
}

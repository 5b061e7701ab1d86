package io.solera.jobs.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Tasks of Spark inside this process. A JVM that ends unloads PyTorch whatever its threads do: one that computes in it
 * then breaks the process, and what a scheduler gets is a signal instead of the exit code. As a hook of the JVM's end
 * this lets them end first.
 *
 * @param names how the names of their threads begin
 */
record RunningTasks(String names) implements Runnable {
    /** Those of Spark's {@code Executor}. */
    static final RunningTasks OF_SPARK = new RunningTasks("Executor task launch worker");

    /** Far more than most tasks take; one that hangs keeps nobody waiting longer. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    /** After Spark is stopped (40), which begins no task then, and before files are closed (10). */
    private static final int PRIORITY = 20;

    /** Lets the JVM end only when they have ended, or after a minute; asked again, it is one hook. */
    void awaitAtExit() {
        ShutdownHookManager.get()
                .addShutdownHook(this, PRIORITY, MAX_WAIT.plusSeconds(1).toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void run() {
        await(MAX_WAIT);
    }

    /** Waits until they have ended, at most so long; whether they have. */
    boolean await(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        for (Thread thread : threads()) {
            try {
                // 0 would be for ever
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return threads().isEmpty();
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(names))
                .toList();
    }
}

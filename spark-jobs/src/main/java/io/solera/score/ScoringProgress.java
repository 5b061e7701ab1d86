package io.solera.score;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The progress of a job: one line that is rewritten on a terminal, or occasional lines elsewhere. */
final class ScoringProgress implements AutoCloseable {
    private static final int TERMINAL_MILLIS = 500;
    private static final int FILE_MILLIS = 30_000;

    private final PrintStream out;
    private final boolean terminal;
    private final long total;
    private final long before;
    private final LongSupplier done;
    private final long start = System.nanoTime();
    private final Thread thread;

    /**
     * @param total rows of the job
     * @param before rows that were done when it started
     * @param done rows since then
     */
    ScoringProgress(PrintStream out, boolean terminal, long total, long before, LongSupplier done) {
        this.out = out;
        this.terminal = terminal;
        this.total = total;
        this.before = before;
        this.done = done;
        this.thread = new Thread(this::watch, "solera-progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(terminal ? TERMINAL_MILLIS : FILE_MILLIS);
                String line = line(total, before, done.getAsLong(), (System.nanoTime() - start) / 1e9);
                out.printf(terminal ? "\r%s\033[K" : "%s%n", line);
                out.flush();
            }
        } catch (InterruptedException e) {
            if (terminal) {
                out.printf("\r\033[K");
                out.flush();
            }
        }
    }

    /** @param seconds for the rows done */
    static String line(long total, long before, long done, double seconds) {
        String line = String.format(
                Locale.ROOT, "%,d of %,d rows (%.0f %%)", before + done, total, 100.0 * (before + done) / total);
        if (done == 0) {
            return line;
        }
        double left = seconds / done * (total - before - done);
        return line
                + String.format(
                        Locale.ROOT,
                        ", %,.0f rows/s, %s left",
                        done / seconds,
                        left < 90 ? "%.0f s".formatted(left) : "%.0f min".formatted(left / 60));
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

package io.solera.score;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How many rows of a job are done. */
final class ScoringProgress {
    private ScoringProgress() {}

    /**
     * Shows it until it is closed.
     *
     * @param total rows of the job
     * @param before rows that were done when it started
     * @param done rows since then
     */
    static ProgressLine show(PrintStream out, boolean terminal, long total, long before, LongSupplier done) {
        return new ProgressLine(out, terminal, seconds -> line(total, before, done.getAsLong(), seconds));
    }

    /** @param seconds for the rows done */
    static String line(long total, long before, long done, double seconds) {
        String line = String.format(
                Locale.ROOT, "%,d of %,d rows (%.0f %%)", before + done, total, 100.0 * (before + done) / total);
        if (done == 0) {
            return line;
        }
        double left = seconds / done * (total - before - done);
        return line + String.format(Locale.ROOT, ", %,.0f rows/s, %s", done / seconds, ProgressLine.left(left));
    }
}

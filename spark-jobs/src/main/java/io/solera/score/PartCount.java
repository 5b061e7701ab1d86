package io.solera.score;

/**
 * The number of parts of a table: parts of about a second of measured work, so that a lost one costs little and the
 * last one is not waited for; shorter ones, down to 200 ms, if there would be fewer parts than cores. A part has two
 * batches of inputs on average, so that with any hash it has at least about one, unless a batch takes minutes.
 */
final class PartCount {
    static final int MAX_PARTS = 10_000;
    /** Up to this many inputs are one part, whatever they cost. */
    static final long MIN_INPUTS = 2L * KeyBatch.SIZE;

    private static final double SECONDS = 1;
    private static final double MIN_SECONDS = 0.2;
    private static final double MAX_SECONDS = 60;
    private static final long ROWS = 250_000;

    private PartCount() {}

    /**
     * @param seconds of work on one core
     * @param rows at most about 250,000 per part
     * @param distinct inputs
     */
    static int of(double seconds, long rows, long distinct, int cores) {
        double min = Math.min(2.0 * cores, seconds / MIN_SECONDS);
        double wanted = Math.max(seconds / SECONDS, min);
        double batches = Math.max((double) distinct / MIN_INPUTS, seconds / MAX_SECONDS);
        double parts = Math.max(Math.floor(Math.min(wanted, batches)), (double) rows / ROWS);
        return (int) Math.max(1, Math.min(Math.min(MAX_PARTS, rows), (long) Math.ceil(parts)));
    }
}

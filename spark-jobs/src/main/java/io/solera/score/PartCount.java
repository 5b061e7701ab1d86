package io.solera.score;

/**
 * Into how many parts a table is cut: parts of about a second of measured work, so that a lost one costs little and none is waited for;
 * shorter ones, down to 200 ms, where there would be fewer than cores. A part has two batches of inputs, which keeps a batch for each
 * by whatever hash they go, unless a batch takes minutes.
 */
final class PartCount {
    static final int MAX_PARTS = 10_000;
    /** Up to so many inputs are one part, whatever they cost. */
    static final long MIN_INPUTS = 2L * KeyBatch.SIZE;

    private static final double SECONDS = 1;
    private static final double MIN_SECONDS = 0.2;
    private static final double MAX_SECONDS = 60;
    private static final long ROWS = 250_000;

    private PartCount() {}

    /**
     * @param seconds of work of one core
     * @param rows a part has at most about 250,000 of them
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

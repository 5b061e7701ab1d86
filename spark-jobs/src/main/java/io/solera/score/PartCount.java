package io.solera.score;

/**
 * Into how many parts a table is cut: parts of about a second of measured work, so that a lost one costs little and none is waited for;
 * shorter ones, down to 200 ms, where there would be fewer than cores.
 */
final class PartCount {
    static final int MOST = 10_000;
    private static final double SECONDS = 1;
    private static final double LEAST_SECONDS = 0.2;
    private static final long ROWS = 250_000;

    private PartCount() {}

    /**
     * @param seconds of work of one core
     * @param rows a part has at most about 250,000 of them
     */
    static int of(double seconds, long rows, int cores) {
        double least = Math.min(2.0 * cores, seconds / LEAST_SECONDS);
        double wanted = Math.max(Math.max(seconds / SECONDS, least), (double) rows / ROWS);
        return (int) Math.max(1, Math.min(Math.min(MOST, rows), (long) Math.ceil(wanted)));
    }
}

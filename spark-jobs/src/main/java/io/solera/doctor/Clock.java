package io.solera.doctor;

import java.util.Locale;

/**
 * The clock of an executor next to the driver's. The executor read its own between two readings of the driver's, so it
 * is ahead by at least {@code theirs - after} and at most {@code theirs - before} milliseconds.
 */
record Clock(long before, long theirs, long after) {
    static final String NAME = "clock";
    private static final long WARNING_MILLIS = 5_000;

    /** The part of the difference that is certain; negative: it is behind. */
    long skewMillis() {
        long least = theirs - after;
        long most = theirs - before;
        return least > 0 ? least : Math.min(most, 0);
    }

    Outcome outcome() {
        long skew = skewMillis();
        return Math.abs(skew) < WARNING_MILLIS
                ? Outcome.ok("within %d ms of the driver's".formatted(Math.abs(skew) + after - before))
                : Outcome.warning(
                        String.format(
                                Locale.ROOT,
                                "%.1f s %s the driver's",
                                Math.abs(skew) / 1000.0,
                                skew > 0 ? "ahead of" : "behind"),
                        "let machines set their clocks by NTP: logs are hard to compare, and object stores refuse"
                                + " requests that are minutes off");
    }
}

package io.solera.jobs.console;

import io.solera.rl.measure.Interval;
import java.util.Locale;

/** Formats numbers of a run's files for people; a dash if there is none. */
final class Figures {
    static final String NONE = "-";

    private Figures() {}

    /** Three digits after the point, or three significant ones where those would be 0. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 1e7 || (size > 0 && size < 5e-4) ? "%.2e" : "%.3f", value);
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : NONE;
    }

    /** A mean with its 95 % interval, where it has one. */
    static String interval(Interval interval) {
        String mean = number(interval.mean());
        String low = number(interval.low());
        return low.equals(NONE) ? mean : "%s (%s .. %s)".formatted(mean, low, number(interval.high()));
    }

    /** The same of a share. */
    static String shares(Interval interval) {
        String low = percent(interval.low());
        String mean = percent(interval.mean());
        return low.equals(NONE)
                ? mean
                : "%s (%s .. %s)".formatted(mean, low.replace(" %", ""), percent(interval.high()));
    }
}

package io.solera.jobs.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats numbers of a run's files for people; a dash if there is none. */
final class Figures {
    static final String NONE = "-";

    private Figures() {}

    /** Three digits after the point, or three that tell where those would say nothing. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 1e7 || (size > 0 && size < 5e-4) ? "%.2e" : "%.3f", value);
    }

    static String number(@Nullable JsonElement element) {
        return number(value(element));
    }

    static String percent(@Nullable JsonElement share) {
        double value = value(share);
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f %%", 100 * value) : NONE;
    }

    /** A mean with its 95 % interval, where it has one. */
    static String interval(@Nullable JsonElement element) {
        if (!(element instanceof JsonObject interval)) {
            return number(element);
        }
        String mean = number(interval.get("mean"));
        String low = number(interval.get("low"));
        return low.equals(NONE) ? mean : "%s (%s .. %s)".formatted(mean, low, number(interval.get("high")));
    }

    /** The same of a share. */
    static String shares(@Nullable JsonElement element) {
        if (!(element instanceof JsonObject interval)) {
            return percent(element);
        }
        String low = percent(interval.get("low"));
        String mean = percent(interval.get("mean"));
        return low.equals(NONE)
                ? mean
                : "%s (%s .. %s)".formatted(mean, low.replace(" %", ""), percent(interval.get("high")));
    }

    private static double value(@Nullable JsonElement element) {
        JsonElement number = element instanceof JsonObject interval ? interval.get("mean") : element;
        return number == null || number.isJsonNull() ? Double.NaN : number.getAsDouble();
    }
}

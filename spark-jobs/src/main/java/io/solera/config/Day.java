package io.solera.config;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A day as a job names it. */
final class Day {
    private Day() {}

    /**
     * @param key of the job, for messages
     * @throws IllegalArgumentException when it is none
     */
    static @Nullable LocalDate of(String key, @Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "Invalid %s: %s (must be a day such as 2026-11-30)".formatted(key, text));
        }
    }
}

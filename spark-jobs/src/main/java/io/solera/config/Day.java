package io.solera.config;

import io.solera.problem.SettingException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A day as a job names it. */
final class Day {
    private Day() {}

    /**
     * @param key of the job, for messages
     * @throws SettingException when it is none
     */
    static @Nullable LocalDate of(String key, @Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new SettingException(key, String.valueOf(text), "must be a day such as 2026-11-30");
        }
    }
}

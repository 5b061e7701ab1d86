package io.solera.text.chat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Dates in C's {@code strftime} format. */
final class Dates {
    /** Java patterns for the letters after a percent sign; only for dates, not for times. */
    private static final Map<Character, String> PATTERNS = Map.of(
            'Y', "uuuu", 'y', "uu", 'm', "MM", 'd', "dd", 'B', "MMMM", 'b', "MMM", 'A', "EEEE", 'a', "EEE", 'j', "DDD");

    private Dates() {}

    static String written(LocalDate date, String format) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < format.length(); k++) {
            if (format.charAt(k) != '%') {
                text.append(format.charAt(k));
                continue;
            }
            char letter = k + 1 < format.length() ? format.charAt(++k) : ' ';
            String pattern = PATTERNS.get(letter);
            if (pattern == null) {
                throw new TemplateException("%%%s of %s is not known (known are %%%s)"
                        .formatted(
                                TemplateException.shown("" + letter),
                                ChatTemplate.DATE,
                                String.join(
                                        ", %",
                                        PATTERNS.keySet().stream()
                                                .sorted()
                                                .map(String::valueOf)
                                                .toList())));
            }
            text.append(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(date));
        }
        return text.toString();
    }
}

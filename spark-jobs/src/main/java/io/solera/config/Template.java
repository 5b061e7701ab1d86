package io.solera.config;

import io.solera.problem.SettingException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in which {@code {column}} is replaced by the row's value of that column, or by nothing if missing. */
record Template(String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}\\s]+)\\}");

    /**
     * @param key of the job that gives it, for messages
     * @param example a column that it could name
     */
    Template(String key, String text, String example) {
        this(text);
        if (!PLACEHOLDER.matcher(text).find()) {
            throw new SettingException(key, text, "must name a column in braces, such as {%s}".formatted(example));
        }
    }

    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            columns.add(matcher.group(1));
        }
        return columns;
    }

    /** The column that it is nothing else than. */
    Optional<String> column() {
        Matcher whole = PLACEHOLDER.matcher(text);
        return whole.matches() ? Optional.of(whole.group(1)) : Optional.empty();
    }

    String text(Map<String, String> row) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(row.getOrDefault(match.group(1), "")));
    }
}

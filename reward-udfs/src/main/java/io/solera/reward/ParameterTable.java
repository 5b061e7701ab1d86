package io.solera.reward;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published parameter tables next to the classes: tab-separated rows below comments that name their source. */
public final class ParameterTable {
    private ParameterTable() {}

    /** The rows of a table in the package of a class. */
    public static List<String[]> rows(Class<?> owner, String name) {
        InputStream stream = owner.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("Cannot read %s: it is missing from the jar".formatted(name));
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !comment(line))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A comment, or column names; a SMARTS may start with # too, but is then followed by a digit. */
    private static boolean comment(String line) {
        return line.startsWith("#") && (line.length() == 1 || !Character.isDigit(line.charAt(1)));
    }
}

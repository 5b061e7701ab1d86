package io.solera.reward.protein;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The published parameter tables beside the classes: tab-separated rows below comments that name their source. */
final class Table {
    private Table() {}

    static List<String[]> rows(String name) {
        InputStream stream = Table.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("Cannot read %s: it is missing from the jar".formatted(name));
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers of a row from a column on, as many as there are standard residues. */
    static double[] residues(String[] row, int from) {
        double[] values = new double[Residues.STANDARD];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(row[from + i]);
        }
        return values;
    }
}

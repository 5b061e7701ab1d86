package io.solera.reward.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A table that docs/reference/deviation_molecules.py wrote: SMILES, then the reference's value of each call. */
record GoldenTable(List<String> calls, List<String> smiles, List<String[]> rows) {
    static GoldenTable read(String name) {
        return read(Objects.requireNonNull(GoldenTable.class.getResourceAsStream(name), name));
    }

    static GoldenTable read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<String[]> rows = reader.lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.split("\t", -1))
                    .toList();
            List<String> header = List.of(rows.get(0));
            List<String[]> body = rows.subList(1, rows.size());
            return new GoldenTable(
                    header.subList(1, header.size()),
                    body.stream().map(row -> row[0]).toList(),
                    body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double[] values(String call) {
        int column = calls.indexOf(call) + 1;
        return rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray();
    }
}

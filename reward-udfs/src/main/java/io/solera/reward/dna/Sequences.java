package io.solera.reward.dna;

import io.solera.reward.Letters;
import io.solera.reward.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file of DNA: one sequence a line, or FASTA, whose records start with a line {@code >...}. */
final class Sequences {
    private Sequences() {}

    static List<Bases> read(InputStream in, String file) throws IOException {
        List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        boolean fasta = !lines.isEmpty() && lines.get(0).startsWith(">");
        List<Bases> sequences = new ArrayList<>();
        StringBuilder record = new StringBuilder();
        for (String line : lines) {
            boolean header = line.startsWith(">");
            if (record.length() > 0 && (header || !fasta)) {
                sequences.add(bases(record, file));
                record.setLength(0);
            }
            record.append(header ? "" : line);
        }
        if (record.length() > 0) {
            sequences.add(bases(record, file));
        }
        if (sequences.isEmpty()) {
            throw new IOException("Cannot read %s: it holds no sequence".formatted(file));
        }
        return sequences;
    }

    private static Bases bases(StringBuilder record, String file) throws IOException {
        String text = record.toString();
        if (Bases.status(text) != Status.OK) {
            throw new IOException("Cannot read %s: %s is no DNA of A, C, G and T, up to %d bases"
                    .formatted(file, text.length() <= 40 ? text : text.substring(0, 40) + "...", Letters.LIMIT));
        }
        return Bases.of(text);
    }
}

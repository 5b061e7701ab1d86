package io.solera.reward.dna;

import io.solera.problem.MalformedFileException;
import io.solera.reward.Letters;
import io.solera.reward.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file of DNA: one sequence per line, or FASTA, whose records start with a line {@code >...}. */
final class Sequences {
    private Sequences() {}

    static List<Bases> read(InputStream in, String file) throws IOException {
        List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                .lines()
                .map(String::strip)
                .toList();
        boolean fasta = lines.stream().filter(line -> !line.isEmpty()).limit(1).anyMatch(line -> line.startsWith(">"));
        List<Bases> sequences = new ArrayList<>();
        StringBuilder record = new StringBuilder();
        int number = 0;
        for (String line : lines) {
            number++;
            boolean header = line.startsWith(">");
            if (record.length() > 0 && (header || !fasta)) {
                sequences.add(bases(record, file, number - 1));
                record.setLength(0);
            }
            record.append(header ? "" : line);
        }
        if (record.length() > 0) {
            sequences.add(bases(record, file, number));
        }
        if (sequences.isEmpty()) {
            throw new MalformedFileException("Cannot read %s: it does not contain a sequence".formatted(file));
        }
        return sequences;
    }

    /** @param last its last line */
    private static Bases bases(StringBuilder record, String file, int last) throws IOException {
        String text = record.toString();
        if (Bases.status(text) != Status.OK) {
            throw new MalformedFileException(
                    "Cannot read %s: the sequence that ends in line %d is not DNA of A, C, G and T, up to %d bases"
                            .formatted(file, last, Letters.LIMIT));
        }
        return Bases.of(text);
    }
}

package io.solera.reward.alignment;

import io.solera.lang.Excerpt;
import io.solera.problem.MalformedFileException;
import io.solera.problem.RequestException;
import io.solera.reward.Status;
import io.solera.reward.TextLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Proteins to compare with. */
public final class ReferenceChains {
    private static final int SHOWN = 60;

    private ReferenceChains() {}

    /**
     * The proteins of a text file: FASTA if a line begins with {@code >}, else the first word of each line; lines with
     * {@code #} and a space are comments.
     *
     * @throws MalformedFileException naming the line of the first that is not one
     */
    public static List<String> read(InputStream stream, String name) throws IOException {
        BufferedReader reader = TextLines.of(stream, name);
        List<String> references = new ArrayList<>();
        StringBuilder record = new StringBuilder();
        boolean fasta = false;
        int number = 0;
        int begun = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("# ")) {
                continue;
            }
            if (stripped.startsWith(">")) {
                fasta = true;
                end(record, references, name, begun);
                begun = number;
            } else if (fasta) {
                record.append(stripped);
            } else {
                add(stripped.split("\\s", 2)[0], references, name, number);
            }
        }
        end(record, references, name, begun);
        return references;
    }

    private static void end(StringBuilder record, List<String> references, String name, int line)
            throws MalformedFileException {
        if (record.length() > 0) {
            add(record.toString(), references, name, line);
            record.setLength(0);
        }
    }

    private static void add(String text, List<String> references, String name, int line) throws MalformedFileException {
        if (Chain.status(text) != Status.OK) {
            throw new MalformedFileException(
                    "Cannot read %s: line %d begins no protein of the twenty amino acids and up to %d residues (%s)"
                            .formatted(name, line, Chain.LIMIT, Excerpt.of(text, SHOWN)));
        }
        references.add(text);
    }

    static List<Chain> chains(List<String> references) {
        List<Chain> chains = new ArrayList<>();
        for (String text : references) {
            if (Chain.status(text) != Status.OK) {
                throw new RequestException(
                        "Invalid reference: %s (must be a protein of the twenty amino acids, of up to %d residues)"
                                .formatted(Excerpt.of(text, SHOWN), Chain.LIMIT));
            }
            chains.add(Chain.of(text));
        }
        if (chains.isEmpty()) {
            throw new RequestException("Invalid reference: none given (must be at least one protein)");
        }
        return chains;
    }
}

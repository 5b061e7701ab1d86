package io.solera.reward.dna;

import io.solera.problem.MalformedFileException;
import io.solera.reward.TextLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of motifs in JASPAR format: for each a line {@code >ID NAME}, then a row of counts for A, C, G and T, each
 * optionally with its letter in front and brackets around the numbers.
 */
final class JasparFile {
    private static final double MAX_COUNT = 1e9;

    private final String file;
    private final List<Motif> motifs = new ArrayList<>();
    private String[] header = {"motif", "motif"};
    private List<double[]> rows = new ArrayList<>();
    private int number;

    private JasparFile(String file) {
        this.file = file;
    }

    static List<Motif> read(InputStream in, String file) throws IOException {
        JasparFile reading = new JasparFile(file);
        BufferedReader lines = TextLines.of(in, file);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            reading.number++;
            reading.line(line.strip());
        }
        reading.check(reading.rows.isEmpty(), "the last motif has fewer than four rows");
        reading.check(!reading.motifs.isEmpty(), "it does not contain a motif");
        return reading.motifs;
    }

    private void line(String line) throws IOException {
        if (line.startsWith(">")) {
            check(rows.isEmpty(), "the previous motif has fewer than four rows");
            String[] words = line.substring(1).strip().split("\\s+", 2);
            header = words.length == 2 ? words : new String[] {words[0], words[0]};
        } else if (!line.isEmpty()) {
            rows.add(row(line));
            if (rows.size() == 4) {
                add();
            }
        }
    }

    private double[] row(String line) throws IOException {
        String numbers = line;
        // motifs of RNA have U for T
        char letter = Character.toUpperCase(line.charAt(0)) == 'U' ? 'T' : line.charAt(0);
        if (Bases.LETTERS.indexOf(letter) >= 0) {
            check(letter == Bases.LETTERS.charAt(rows.size()), "rows are not in the order A, C, G, T");
            numbers = line.substring(1);
        }
        String[] words = numbers.replace('[', ' ').replace(']', ' ').strip().split("\\s+", -1);
        check(words.length <= Motif.WIDEST, "a motif is wider than " + Motif.WIDEST);
        check(rows.isEmpty() || rows.get(0).length == words.length, "the rows of a motif differ in length");
        double[] row = new double[words.length];
        for (int i = 0; i < row.length; i++) {
            try {
                row[i] = Double.parseDouble(words[i]);
            } catch (NumberFormatException e) {
                throw malformed("it is not a row of counts");
            }
            check(row[i] >= 0 && row[i] <= MAX_COUNT, "a count is below 0 or above 10^9");
        }
        return row;
    }

    private void add() {
        List<List<Double>> counts = new ArrayList<>();
        for (int place = 0; place < rows.get(0).length; place++) {
            List<Double> column = new ArrayList<>();
            for (double[] row : rows) {
                column.add(row[place]);
            }
            counts.add(column);
        }
        motifs.add(new Motif(header[0], header[1], counts));
        rows = new ArrayList<>();
    }

    private void check(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw malformed(otherwise);
        }
    }

    /** Names the line but does not quote it: the person who named the file in a query may not be allowed to read it. */
    private IOException malformed(String why) {
        return new MalformedFileException("Cannot read %s: line %d: %s".formatted(file, number, why));
    }
}

package io.solera.reward.molecule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The folder of reference data that the profile {@code reference} names, and how far two columns of numbers are apart.
 */
public final class ReferenceData {
    private ReferenceData() {}

    public static Path file(String name) {
        String folder = System.getProperty("solera.reference.data", "");
        if (folder.isBlank()) {
            throw new IllegalStateException(
                    "Cannot run reference tests: no data (name their folder with -Dsolera.reference.data=FOLDER)");
        }
        return Path.of(folder, name);
    }

    /** The rows of a table by column name; commas in .csv.gz, tabs else. */
    static List<Map<String, String>> table(String name) throws IOException {
        List<String> lines = lines(file(name));
        String separator = name.endsWith(".csv.gz") ? "," : "\t";
        String[] header = lines.get(0).replaceFirst("^#", "").split(separator, -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(separator, -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> lines(Path path) throws IOException {
        if (!path.toString().endsWith(".gz")) {
            return Files.readAllLines(path);
        }
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /** Pairs of our number and the reference's. */
    static final class Comparison {
        private final String name;
        private final double tolerance;
        private final List<double[]> pairs = new ArrayList<>();

        Comparison(String name, double tolerance) {
            this.name = name;
            this.tolerance = tolerance;
        }

        void add(double ours, double reference) {
            pairs.add(new double[] {ours, reference});
        }

        /** The share of pairs within the tolerance. */
        double equal() {
            return pairs.stream()
                            .filter(pair -> Math.abs(pair[0] - pair[1]) <= tolerance)
                            .count()
                    / (double) pairs.size();
        }

        double meanError() {
            return pairs.stream()
                    .mapToDouble(pair -> Math.abs(pair[0] - pair[1]))
                    .average()
                    .orElse(Double.NaN);
        }

        /** Pearson's coefficient. */
        double correlation() {
            double meanX = pairs.stream().mapToDouble(pair -> pair[0]).average().orElse(0);
            double meanY = pairs.stream().mapToDouble(pair -> pair[1]).average().orElse(0);
            double xy = 0;
            double xx = 0;
            double yy = 0;
            for (double[] pair : pairs) {
                xy += (pair[0] - meanX) * (pair[1] - meanY);
                xx += (pair[0] - meanX) * (pair[0] - meanX);
                yy += (pair[1] - meanY) * (pair[1] - meanY);
            }
            return xy / Math.sqrt(xx * yy);
        }

        @Override
        public String toString() {
            return "%s: n %d, equal %.3f %%, mean error %.6f, r %.5f"
                    .formatted(name, pairs.size(), 100 * equal(), meanError(), correlation());
        }
    }
}

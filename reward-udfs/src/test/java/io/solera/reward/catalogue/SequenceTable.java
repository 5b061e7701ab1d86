package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table that docs/reference/sequences.py wrote: sequences, and in each further column what the call at its head must
 * give.
 */
record SequenceTable(List<String> heads, List<String[]> rows) {
    static SequenceTable read(InputStream in) {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        List<String[]> lines = reader.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .toList();
        return new SequenceTable(List.of(lines.get(0)), lines.subList(1, lines.size()));
    }

    List<String> sequences() {
        return rows.stream().map(row -> row[0]).toList();
    }

    /**
     * Ours and the reference's number of each row that has one, for a column from 1 on; ours is NaN where it is
     * missing.
     */
    List<double[]> pairs(int column) throws IOException {
        List<Score> scores = create(call(column)).score(sequences());
        List<double[]> pairs = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String cell = rows.get(i)[column];
            if (!cell.isEmpty()) {
                pairs.add(new double[] {scores.get(i).value(), Double.parseDouble(cell)});
            }
        }
        return pairs;
    }

    String call(int column) {
        return heads.get(column).replaceFirst(" # .*", "");
    }

    /** Whether the catalogue's definition departs from the column's on purpose. */
    boolean departs(int column) {
        return heads.get(column).contains(" # ");
    }

    /**
     * How far apart two numbers may be for rounding: Biopython's motif scores are single, its search for a pI ends at
     * 0.0001.
     */
    double tolerance(int column, double reference) {
        String call = call(column);
        double relative = call.startsWith("motif_best") || call.startsWith("motif_sum") ? 1e-6 : 1e-9;
        return call.startsWith("isoelectric_point") ? 1e-4 : relative * Math.max(1, Math.abs(reference));
    }

    static Reward create(String call) throws IOException {
        return RewardCatalogue.create(RewardCall.parse(call), FilesBeside.FILES);
    }
}

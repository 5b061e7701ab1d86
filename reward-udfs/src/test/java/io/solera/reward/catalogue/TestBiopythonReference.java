package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Agreement with Biopython on the tables that docs/reference/sequences.py writes; prints
 * docs/measurements/sequences.md's table.
 */
@Tag("reference")
class TestBiopythonReference {
    private static SequenceTable table(String name) throws IOException {
        String folder = System.getProperty("solera.reference.data", "");
        if (folder.isBlank()) {
            throw new IllegalStateException(
                    "Cannot run reference tests: no data (name their folder with -Dsolera.reference.data=FOLDER)");
        }
        try (InputStream in = Files.newInputStream(Path.of(folder, name))) {
            return SequenceTable.read(in);
        }
    }

    @Test
    void proteinsAgree() throws IOException {
        agree(table("proteins.tsv"), 19_000);
    }

    @Test
    void dnaAgrees() throws IOException {
        agree(table("dna.tsv"), 12_000);
    }

    private static void agree(SequenceTable table, int least) throws IOException {
        assertThat(table.rows()).hasSizeGreaterThan(least);
        System.out.println("| reward | sequences | equal | mean difference | greatest | sequences/s |");
        System.out.println("|---|---|---|---|---|---|");
        for (int column = 1; column < table.heads().size(); column++) {
            long start = System.nanoTime();
            List<double[]> pairs = table.pairs(column);
            double seconds = (System.nanoTime() - start) / 1e9;
            int equal = 0;
            double sum = 0;
            double greatest = 0;
            for (double[] pair : pairs) {
                double apart = Math.abs(pair[0] - pair[1]);
                equal += apart <= table.tolerance(column, pair[1]) ? 1 : 0;
                sum += apart;
                greatest = Math.max(greatest, Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart);
            }
            System.out.printf(
                    "| %s | %,d | %.3f %% | %.2g | %.2g | %,.0f |%n",
                    table.heads().get(column),
                    pairs.size(),
                    100.0 * equal / pairs.size(),
                    sum / pairs.size(),
                    greatest,
                    table.rows().size() / seconds);
            if (!table.departs(column)) {
                assertThat(equal / (double) pairs.size())
                        .as(table.heads().get(column))
                        .isGreaterThanOrEqualTo(table.call(column).startsWith("motif_correlation") ? 0.99 : 1);
            }
        }
    }
}

package io.solera.reward.molecule;

import io.solera.reward.ParameterTable;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;
import io.solera.reward.molecule.smarts.Patterns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many patterns of some sets a molecule holds: groups that react with proteins of every kind, or that medicinal chemists avoid. The
 * sets that ship are PAINS in its three families (J. B. Baell and G. A. Holloway, J. Med. Chem. 53, 2719, 2010) and Brenk's (R. Brenk
 * et al., ChemMedChem 3, 435, 2008), in RDKit's curation.
 */
public final class StructuralAlerts implements Property {
    private static final String SETS = "pains, pains_a, pains_b, pains_c or brenk";

    private final List<String> sets;
    private final List<String> own;
    private transient @Nullable Patterns patterns;

    private StructuralAlerts(List<String> sets, List<String> own) {
        this.sets = List.copyOf(sets);
        this.own = List.copyOf(own);
        if (sets.isEmpty() && own.isEmpty()) {
            throw new IllegalArgumentException("Invalid sets: none given (must be of %s)".formatted(SETS));
        }
    }

    /** @param sets of the shipped sets, {@code pains} for its three families together */
    public static StructuralAlerts of(List<String> sets) {
        return new StructuralAlerts(known(sets), List.of());
    }

    /** The shipped sets, and a file's own patterns. */
    public static StructuralAlerts of(List<String> sets, Lines file) {
        return new StructuralAlerts(known(sets), file.patterns());
    }

    /** The patterns of a text file: one SMARTS a line, what follows it after a space is its name, lines with # and a space are comments. */
    public record Lines(List<String> patterns) implements Serializable {
        /** @throws IOException naming the line that is no SMARTS */
        public static Lines read(InputStream stream, String name) throws IOException {
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            List<String> patterns = new ArrayList<>();
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                String stripped = line.strip();
                if (stripped.isEmpty() || stripped.equals("#") || stripped.startsWith("# ")) {
                    continue;
                }
                String pattern = stripped.split("\\s", 2)[0];
                try {
                    Patterns.of(List.of(pattern));
                } catch (IllegalArgumentException e) {
                    throw new IOException(
                            "Cannot read %s: line %d does not begin with a SMARTS".formatted(name, number));
                }
                patterns.add(pattern);
            }
            if (patterns.isEmpty()) {
                throw new IOException("Cannot read alerts: the file has none (%s)".formatted(name));
            }
            return new Lines(List.copyOf(patterns));
        }
    }

    @Override
    public double of(Molecule molecule) {
        return patterns().count(molecule);
    }

    private synchronized Patterns patterns() {
        if (patterns == null) {
            List<String> all = new ArrayList<>();
            for (String[] row : ParameterTable.rows(StructuralAlerts.class, "structural-alerts.tsv")) {
                if (sets.contains(row[0])) {
                    all.add(row[2]);
                }
            }
            all.addAll(own);
            patterns = Patterns.of(all);
        }
        return patterns;
    }

    private static List<String> known(List<String> names) {
        List<String> sets = new ArrayList<>();
        for (String name : names) {
            sets.addAll(
                    switch (name) {
                        case "pains" -> List.of("pains_a", "pains_b", "pains_c");
                        case "pains_a", "pains_b", "pains_c", "brenk" -> List.of(name);
                        default ->
                            throw new IllegalArgumentException(
                                    "Invalid set of alerts: %s (must be %s)".formatted(name, SETS));
                    });
        }
        return sets;
    }
}

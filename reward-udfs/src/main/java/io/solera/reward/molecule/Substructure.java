package io.solera.reward.molecule;

import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;
import io.solera.reward.molecule.smarts.Matching;
import io.solera.reward.molecule.smarts.Patterns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a molecule holds a pattern, or how often: different sets of atoms, as RDKit's unique matches. */
final class Substructure implements Property {
    private final String smarts;
    private final boolean counted;
    private transient @Nullable Patterns pattern;

    Substructure(String smarts, boolean counted) {
        this.smarts = smarts;
        this.counted = counted;
        this.pattern = Patterns.of(List.of(smarts));
    }

    @Override
    public double of(Molecule molecule) {
        Matching matching = pattern().in(molecule);
        return counted ? matching.matches(0) : matching.found(0) ? 1 : 0;
    }

    private synchronized Patterns pattern() {
        if (pattern == null) {
            pattern = Patterns.of(List.of(smarts));
        }
        return pattern;
    }
}

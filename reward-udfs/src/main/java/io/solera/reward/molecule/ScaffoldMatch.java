package io.solera.reward.molecule;

import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;
import java.util.Set;
import java.util.TreeSet;

/** Whether a molecule has the {@link MurckoScaffold} of one of some molecules; one without rings has none to match. */
final class ScaffoldMatch implements Property {
    private final Set<String> scaffolds = new TreeSet<>();

    ScaffoldMatch(Iterable<String> references) {
        for (Molecule molecule : References.molecules(references)) {
            String scaffold = MurckoScaffold.of(molecule);
            if (scaffold.isEmpty()) {
                throw new IllegalArgumentException(
                        "Invalid reference: %s (must have a ring)".formatted(molecule.canonicalSmiles()));
            }
            scaffolds.add(scaffold);
        }
    }

    @Override
    public double of(Molecule molecule) {
        return scaffolds.contains(MurckoScaffold.of(molecule)) ? 1 : 0;
    }
}

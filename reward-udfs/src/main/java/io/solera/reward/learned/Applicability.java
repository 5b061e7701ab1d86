package io.solera.reward.learned;

import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;

/**
 * The similarity of a molecule to a network's training data: the ECFP4 Tanimoto similarity to the nearest known active.
 *
 * @param known their fingerprints
 */
record Applicability(long[][] known) implements Property {
    @Override
    public double of(Molecule molecule) {
        return Fingerprint.nearest(Fingerprint.of(molecule), known);
    }
}

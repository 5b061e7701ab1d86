package io.solera.reward.learned;

import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;

/**
 * How near a molecule is to what a network was trained on: the ECFP4 Tanimoto similarity to the nearest of its known actives.
 *
 * @param known their fingerprints
 */
record Applicability(long[][] known) implements Property {
    @Override
    public double of(Molecule molecule) {
        return Fingerprint.nearest(Fingerprint.of(molecule), known);
    }
}

package io.solera.reward.molecule;

import java.util.ArrayList;
import java.util.List;

/** The Tanimoto similarity of ECFP4 fingerprints to the nearest of some reference molecules. */
final class Similarity implements Property {
    private final long[][] references;

    private Similarity(long[][] references) {
        this.references = references;
    }

    static Similarity to(Iterable<String> smiles) {
        List<long[]> fingerprints = new ArrayList<>();
        for (String text : smiles) {
            Molecule molecule = Molecules.read(text)
                    .optional()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Invalid reference: %s (must be the SMILES of a molecule)".formatted(text)));
            fingerprints.add(Fingerprint.of(molecule));
        }
        if (fingerprints.isEmpty()) {
            throw new IllegalArgumentException("Invalid reference: none given (must be at least one SMILES)");
        }
        return new Similarity(fingerprints.toArray(long[][]::new));
    }

    @Override
    public double of(Molecule molecule) {
        return Fingerprint.nearest(Fingerprint.of(molecule), references);
    }
}

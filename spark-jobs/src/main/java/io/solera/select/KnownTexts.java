package io.solera.select;

import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Molecules that are known already, to say which of them is nearest to a new one. */
final class KnownTexts {
    private final List<String> smiles = new ArrayList<>();
    private final List<long[]> fingerprints = new ArrayList<>();

    /** The nearest one, and its Tanimoto similarity by ECFP4. */
    record Nearest(String smiles, double similarity) {}

    /** @param texts those that are no molecules are left out */
    KnownTexts(List<String> texts) {
        for (String text : texts) {
            Molecules.read(text).optional().ifPresent(molecule -> {
                smiles.add(text);
                fingerprints.add(Fingerprint.of(molecule));
            });
        }
    }

    int size() {
        return smiles.size();
    }

    /** The first of those that are nearest; empty where there are none, or for a text that is no molecule. */
    Optional<Nearest> to(String text) {
        Molecule molecule = Molecules.read(text).optional().orElse(null);
        if (molecule == null || smiles.isEmpty()) {
            return Optional.empty();
        }
        long[] fingerprint = Fingerprint.of(molecule);
        int nearest = 0;
        double similarity = -1;
        for (int k = 0; k < smiles.size(); k++) {
            double each = Fingerprint.tanimoto(fingerprint, fingerprints.get(k));
            if (each > similarity) {
                nearest = k;
                similarity = each;
            }
        }
        return Optional.of(new Nearest(smiles.get(nearest), similarity));
    }
}

package io.solera.reward.learned;

import java.util.ArrayList;
import java.util.List;

/**
 * Molecules with what was measured of them.
 *
 * @param fingerprints ECFP4 bits in words of 64
 * @param labels [molecule][task], NaN where nothing was measured
 */
public record LabelledMolecules(List<String> smiles, List<long[]> fingerprints, float[][] labels) {
    public LabelledMolecules {
        smiles = List.copyOf(smiles);
        fingerprints = List.copyOf(fingerprints);
        if (fingerprints.size() != smiles.size() || labels.length != smiles.size()) {
            throw new IllegalArgumentException("Invalid labels: %d molecules, %d fingerprints, %d rows of labels"
                    .formatted(smiles.size(), fingerprints.size(), labels.length));
        }
    }

    public int size() {
        return smiles.size();
    }

    public LabelledMolecules at(int[] indices) {
        List<String> texts = new ArrayList<>(indices.length);
        List<long[]> bits = new ArrayList<>(indices.length);
        float[][] rows = new float[indices.length][];
        for (int i = 0; i < indices.length; i++) {
            texts.add(smiles.get(indices[i]));
            bits.add(fingerprints.get(indices[i]));
            rows[i] = labels[indices[i]];
        }
        return new LabelledMolecules(texts, bits, rows);
    }
}

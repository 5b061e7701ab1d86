package io.solera.train.evaluation;

import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How good samples are as molecules. */
final class MoleculeMeasures {
    private MoleculeMeasures() {}

    static Quality of(List<String> samples, KnownSamples known) {
        List<String> canonical = new ArrayList<>();
        List<long[]> fingerprints = new ArrayList<>();
        long valid = 0;
        for (String sample : samples) {
            if (Molecules.valid(sample)) {
                valid++;
            }
            Optional<Molecule> molecule = Molecules.read(sample).optional();
            molecule.ifPresent(present -> canonical.add(present.canonicalSmiles()));
            if (molecule.isPresent() && fingerprints.size() < Quality.FIRST) {
                fingerprints.add(Fingerprint.of(molecule.get()));
            }
        }
        return Quality.of(canonical, valid, samples.size(), known, diversity(fingerprints));
    }

    private static double diversity(List<long[]> fingerprints) {
        double sum = 0;
        long pairs = 0;
        for (int i = 0; i < fingerprints.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += Fingerprint.tanimoto(fingerprints.get(i), fingerprints.get(j));
                pairs++;
            }
        }
        return pairs == 0 ? Double.NaN : 1 - sum / pairs;
    }
}

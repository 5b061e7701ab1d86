package io.solera.train.evaluation;

import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How good samples are as molecules (MOSES, Polykovskiy et al. 2020).
 *
 * @param validity share of the samples that are molecules
 * @param uniqueness share of distinct molecules among the first 1,000 valid samples
 * @param novelty share of the distinct molecules that were not in the prior's training set; NaN where that is not known
 * @param internalDiversity 1 minus the mean ECFP4 Tanimoto similarity of pairs among the first 1,000 valid samples
 */
public record MoleculeMeasures(double validity, double uniqueness, double novelty, double internalDiversity) {
    static final int FIRST = 1000;

    static MoleculeMeasures of(List<String> samples, KnownMolecules known) {
        List<String> canonical = new ArrayList<>();
        List<long[]> fingerprints = new ArrayList<>();
        long valid = 0;
        for (String sample : samples) {
            if (Molecules.valid(sample)) {
                valid++;
            }
            Optional<Molecule> molecule = Molecules.read(sample).optional();
            molecule.ifPresent(present -> canonical.add(present.canonicalSmiles()));
            if (molecule.isPresent() && fingerprints.size() < FIRST) {
                fingerprints.add(Fingerprint.of(molecule.get()));
            }
        }
        List<String> first = canonical.subList(0, Math.min(FIRST, canonical.size()));
        Set<String> distinct = new HashSet<>(canonical);
        long novel = distinct.stream().filter(smiles -> !known.contains(smiles)).count();
        return new MoleculeMeasures(
                share(valid, samples.size()),
                share(new HashSet<>(first).size(), first.size()),
                known.isEmpty() ? Double.NaN : share(novel, distinct.size()),
                diversity(fingerprints));
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

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }
}

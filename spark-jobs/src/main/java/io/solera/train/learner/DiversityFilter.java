package io.solera.train.learner;

import io.solera.config.DiversityFilterSettings;
import io.solera.reward.molecule.GenericScaffold;
import io.solera.reward.molecule.MurckoScaffold;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * REINVENT's diversity filters, sample after sample in the order of their ids. A molecule that is known already gets 0;
 * one whose score is at least min-score is remembered, and its score falls as its bucket fills.
 * {@code penalize-same-smiles} remembers every molecule, and multiplies the score of a known one. Molecules without
 * rings share a bucket, as in REINVENT.
 *
 * <p>{@code scaffold-similarity} compares ECFP4 fingerprints by Tanimoto similarity; REINVENT compares atom pairs by
 * Dice similarity.
 */
final class DiversityFilter {
    private final DiversityFilterSettings settings;
    private final Set<String> molecules;
    private final Map<String, Integer> buckets;
    private final Map<String, long[]> fingerprints = new LinkedHashMap<>();

    DiversityFilter(DiversityFilterSettings settings, DiversityMemory memory) {
        this.settings = settings;
        molecules = new LinkedHashSet<>(memory.molecules());
        buckets = new LinkedHashMap<>(memory.buckets());
        if (settings.name() == DiversityFilterSettings.Name.SCAFFOLD_SIMILARITY) {
            buckets.keySet().forEach(this::remember);
        }
    }

    /** What the score of a sample is multiplied with; 1 for a text that is not a molecule and for a missing score. */
    double factor(String text, double score) {
        Molecule molecule = Molecules.read(text).optional().orElse(null);
        if (molecule == null || Double.isNaN(score)) {
            return 1;
        }
        String smiles = molecule.canonicalSmiles();
        boolean known = molecules.contains(smiles);
        if (settings.name() == DiversityFilterSettings.Name.PENALIZE_SAME_SMILES) {
            molecules.add(smiles);
            return known ? settings.penaltyMultiplier() : 1;
        }
        if (known) {
            return 0;
        }
        if (score < settings.minScore()) {
            return 1;
        }
        molecules.add(smiles);
        int count = buckets.merge(bucket(molecule), 1, Integer::sum);
        return settings.penalty().factor(count, settings.bucketSize());
    }

    /** What it has met until now. */
    DiversityMemory memory() {
        return new DiversityMemory(molecules, buckets);
    }

    private String bucket(Molecule molecule) {
        return switch (settings.name()) {
            case IDENTICAL_MURCKO_SCAFFOLD -> MurckoScaffold.of(molecule);
            case IDENTICAL_TOPOLOGICAL_SCAFFOLD -> GenericScaffold.of(molecule);
            case SCAFFOLD_SIMILARITY -> nearest(MurckoScaffold.of(molecule));
            case PENALIZE_SAME_SMILES -> "";
        };
    }

    /**
     * The bucket of the most similar scaffold, the earliest of equally similar ones; a new one when none is similar
     * enough.
     */
    private String nearest(String scaffold) {
        if (scaffold.isEmpty() || buckets.containsKey(scaffold)) {
            return scaffold;
        }
        long[] fingerprint = remember(scaffold);
        String nearest = scaffold;
        double largest = 0;
        for (String bucket : new ArrayList<>(buckets.keySet())) {
            long[] other = fingerprints.getOrDefault(bucket, new long[0]);
            double similarity = other.length == 0 ? 0 : Fingerprint.tanimoto(fingerprint, other);
            if (similarity > largest && similarity >= settings.minSimilarity()) {
                largest = similarity;
                nearest = bucket;
            }
        }
        return nearest;
    }

    /** The fingerprint of a scaffold; empty for that of molecules without rings. */
    private long[] remember(String scaffold) {
        long[] fingerprint =
                Molecules.read(scaffold).optional().map(Fingerprint::of).orElse(new long[0]);
        fingerprints.put(scaffold, fingerprint);
        return fingerprint;
    }
}

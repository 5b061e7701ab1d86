package io.solera.reward.molecule;

import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.fingerprint.FingerprintKind;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;
import java.util.ArrayList;
import java.util.List;

/** The similarity of fingerprints to the nearest of some reference molecules. */
public final class Similarity implements Property {
    private final FingerprintKind kind;
    private final Measure measure;
    private final long[][] references;

    /**
     * Shared bits over shared bits + alpha x those of the molecule alone + beta x those of the reference alone (A. Tversky, Psychol. Rev.
     * 84, 327, 1977); Tanimoto's measure weighs both 1.
     */
    public record Measure(double alpha, double beta) implements java.io.Serializable {
        public static final Measure TANIMOTO = new Measure(1, 1);

        public Measure {
            if (!(alpha >= 0 && beta >= 0 && alpha + beta > 0) || alpha > 1e6 || beta > 1e6) {
                throw new IllegalArgumentException(
                        "Invalid alpha and beta: %s, %s (must be 0 or more, one of them above 0)"
                                .formatted(alpha, beta));
            }
        }

        double of(long[] molecule, long[] reference) {
            int shared = 0;
            int mine = 0;
            int theirs = 0;
            for (int w = 0; w < molecule.length; w++) {
                shared += Long.bitCount(molecule[w] & reference[w]);
                mine += Long.bitCount(molecule[w] & ~reference[w]);
                theirs += Long.bitCount(reference[w] & ~molecule[w]);
            }
            double all = shared + alpha * mine + beta * theirs;
            return all == 0 ? mine + theirs == 0 ? 1 : 0 : shared / all;
        }
    }

    private Similarity(FingerprintKind kind, Measure measure, long[][] references) {
        this.kind = kind;
        this.measure = measure;
        this.references = references;
    }

    /** @throws IllegalArgumentException naming the first reference that is no molecule */
    public static Similarity to(Iterable<String> smiles, FingerprintKind kind, Measure measure) {
        List<long[]> fingerprints = new ArrayList<>();
        for (Molecule molecule : References.molecules(smiles)) {
            fingerprints.add(Fingerprint.of(molecule, kind));
        }
        return new Similarity(kind, measure, fingerprints.toArray(long[][]::new));
    }

    @Override
    public double of(Molecule molecule) {
        long[] fingerprint = Fingerprint.of(molecule, kind);
        double nearest = 0;
        for (long[] reference : references) {
            nearest = Math.max(nearest, measure.of(fingerprint, reference));
        }
        return nearest;
    }
}

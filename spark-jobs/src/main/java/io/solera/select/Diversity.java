package io.solera.select;

import io.solera.reward.molecule.MurckoScaffold;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets through what is unlike all that it let through before. Asked from the best to the worst, what is left out is always near
 * something better (sphere exclusion; B. Hudson et al., Quant. Struct.-Act. Relat. 15, 285, 1996).
 */
sealed interface Diversity {
    /** Tanimoto distance of ECFP4 fingerprints that {@code --diverse} asks for by itself. */
    double USUAL = 0.4;

    boolean adds(String text);

    /** @param text {@code scaffold}, or the least distance; empty for the usual one */
    static Diversity parse(String text, Kind kind) {
        if (text.equals("scaffold")) {
            if (!kind.molecules()) {
                throw new IllegalArgumentException(
                        "Invalid --diverse: scaffold (the run writes no molecules: give a distance, such as 0.4)");
            }
            return new Scaffolds(new HashSet<>());
        }
        double distance;
        try {
            distance = text.isEmpty() ? USUAL : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            distance = Double.NaN;
        }
        if (!(distance > 0 && distance <= 1)) {
            throw new IllegalArgumentException(
                    "Invalid --diverse: %s (must be scaffold, or a distance above 0 and up to 1)".formatted(text));
        }
        return kind.molecules() ? new Spheres(distance, new ArrayList<>()) : new Letters(distance, new ArrayList<>());
    }

    /** Everything. */
    record Any() implements Diversity {
        @Override
        public boolean adds(String text) {
            return true;
        }
    }

    /** One molecule of each Murcko scaffold; those without rings share one. */
    record Scaffolds(Set<String> seen) implements Diversity {
        @Override
        public boolean adds(String text) {
            return Molecules.read(text)
                    .optional()
                    .map(MurckoScaffold::of)
                    .filter(seen::add)
                    .isPresent();
        }
    }

    /** Molecules that are at least so far from each other, by the Tanimoto distance of their ECFP4 fingerprints. */
    record Spheres(double distance, List<long[]> centres) implements Diversity {
        @Override
        public boolean adds(String text) {
            Molecule molecule = Molecules.read(text).optional().orElse(null);
            if (molecule == null) {
                return false;
            }
            long[] fingerprint = Fingerprint.of(molecule);
            for (long[] centre : centres) {
                if (1 - Fingerprint.tanimoto(fingerprint, centre) < distance) {
                    return false;
                }
            }
            return centres.add(fingerprint);
        }
    }

    /** Texts that are at least so far from each other, by the Jaccard distance of their sets of three letters in a row. */
    record Letters(double distance, List<Set<String>> centres) implements Diversity {
        private static final int GRAM = 3;

        @Override
        public boolean adds(String text) {
            Set<String> grams = grams(text);
            for (Set<String> centre : centres) {
                if (distance(grams, centre) < distance) {
                    return false;
                }
            }
            return centres.add(grams);
        }

        static double distance(Set<String> a, Set<String> b) {
            long shared = a.stream().filter(b::contains).count();
            long all = a.size() + b.size() - shared;
            return all == 0 ? 0 : 1 - (double) shared / all;
        }

        static Set<String> grams(String text) {
            Set<String> grams = new HashSet<>();
            for (int i = 0; i + GRAM <= text.length(); i++) {
                grams.add(text.substring(i, i + GRAM));
            }
            if (grams.isEmpty()) {
                grams.add(text);
            }
            return grams;
        }
    }
}

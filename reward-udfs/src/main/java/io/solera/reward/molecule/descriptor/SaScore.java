package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.fingerprint.Morgan;
import io.solera.reward.molecule.graph.Molecule;
import java.util.Arrays;

/**
 * Synthetic accessibility from 1 (easy) to 10 (hard): how common a molecule's fragments are, less penalties for size, stereo
 * centres, spiro and bridgehead atoms and large rings (P. Ertl and A. Schuffenhauer, Journal of Cheminformatics 1, 8, 2009). The
 * table's linear calibration is applied to the scaled score before it is smoothed and cut.
 */
public final class SaScore {
    private static final double LOWEST = -4;
    private static final double HIGHEST = 2.5;
    private static final int LARGE_RING = 8;

    private SaScore() {}

    public static double value(Molecule molecule, SaFragments table) {
        int[] ids = Morgan.ids(molecule);
        if (ids.length == 0) {
            return Double.NaN;
        }
        double[] terms = new double[ids.length];
        int distinct = 0;
        for (int i = 0; i < ids.length; i++) {
            terms[i] = table.score(ids[i]);
            distinct += i == 0 || ids[i] != ids[i - 1] ? 1 : 0;
        }
        int atoms = molecule.graph.atoms;
        double fragments = Sums.ordered(terms) / ids.length;
        double size = StrictMath.pow(atoms, 1.005) - atoms;
        double stereo = StrictMath.log10(StereoCentres.count(molecule) + 1.0);
        double spiro = StrictMath.log10(RingFusion.spiroAtoms(molecule) + 1.0);
        double bridges = StrictMath.log10(RingFusion.bridgeheads(molecule) + 1.0);
        boolean large = Arrays.stream(molecule.rings.atoms).anyMatch(ring -> ring.length > LARGE_RING);
        double symmetry = atoms > distinct ? 0.5 * StrictMath.log((double) atoms / distinct) : 0;
        double sum = fragments - size - stereo - spiro - bridges - (large ? StrictMath.log10(2) : 0) + symmetry;
        double scaled = 11 - (sum - LOWEST + 1) / (HIGHEST - LOWEST) * 9;
        double calibrated = table.intercept() + table.slope() * scaled;
        double smooth = calibrated > 8 ? 8 + StrictMath.log(calibrated - 8) : calibrated;
        return Math.max(1, Math.min(10, smooth));
    }
}

package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.graph.Molecule;

/**
 * logP - SA - (atoms of the largest ring beyond six), each less its mean and over its deviation among the 250,000 molecules of ZINC (R.
 * Gomez-Bombarelli et al., ACS Cent. Sci. 4, 268, 2018; normalised as by W. Jin et al., ICML 2018). Their rings are those of a cycle
 * basis that depends on the order of the atoms; here they are the relevant ones.
 */
public final class PenalisedLogP {
    private static final double LOG_P_MEAN = 2.4570953396190123;
    private static final double LOG_P_DEVIATION = 1.434324401111988;
    private static final double SA_MEAN = 3.0525811293166134;
    private static final double SA_DEVIATION = 0.8335207024513095;
    private static final double RING_MEAN = 0.0485696876403053;
    private static final double RING_DEVIATION = 0.2860212110245455;
    private static final int USUAL_RING = 6;

    private PenalisedLogP() {}

    public static double value(Molecule molecule, SaFragments table) {
        double logP = (Crippen.logP(molecule) - LOG_P_MEAN) / LOG_P_DEVIATION;
        double sa = (SaScore.value(molecule, table) - SA_MEAN) / SA_DEVIATION;
        int beyond = Math.max(0, Descriptors.largestRing(molecule) - USUAL_RING);
        return logP - sa - (beyond - RING_MEAN) / RING_DEVIATION;
    }
}

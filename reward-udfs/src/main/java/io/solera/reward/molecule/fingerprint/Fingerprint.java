package io.solera.reward.molecule.fingerprint;

import io.solera.reward.molecule.graph.Molecule;

/** Circular fingerprints as 2048 bits: the environments of {@link Morgan}, folded. */
public final class Fingerprint {
    public static final int BITS = 2048;

    private Fingerprint() {}

    /** ECFP4. */
    public static long[] of(Molecule molecule) {
        return of(molecule, FingerprintKind.ECFP4);
    }

    /** The bits in words of 64. */
    public static long[] of(Molecule molecule, FingerprintKind kind) {
        long[] words = new long[BITS / 64];
        for (int id : Morgan.ids(molecule, kind)) {
            int bit = Integer.remainderUnsigned(id, BITS);
            words[bit >>> 6] |= 1L << bit;
        }
        return words;
    }

    /** Shared bits over all bits; 1 for two empty fingerprints. */
    public static double tanimoto(long[] a, long[] b) {
        int shared = 0;
        int all = 0;
        for (int w = 0; w < a.length; w++) {
            shared += Long.bitCount(a[w] & b[w]);
            all += Long.bitCount(a[w] | b[w]);
        }
        return all == 0 ? 1 : (double) shared / all;
    }

    /** The greatest similarity to any of some fingerprints; 0 when there are none. */
    public static double nearest(long[] fingerprint, long[][] others) {
        double nearest = 0;
        for (long[] other : others) {
            nearest = Math.max(nearest, tanimoto(fingerprint, other));
        }
        return nearest;
    }
}

package io.solera.reward.dna;

/** Properties that one pass over the bases counts. */
final class Composition {
    private Composition() {}

    /** The share of G and C. */
    static double gc(Bases bases) {
        int count = 0;
        for (byte code : bases.codes) {
            count += code == Bases.G || code == Bases.C ? 1 : 0;
        }
        return (double) count / bases.length();
    }

    /**
     * How often CG stands in the strand against what the numbers of C and G let expect: CpG length / (C G) (M. Gardiner-Garden and M.
     * Frommer, J. Mol. Biol. 196, 261, 1987); undefined without C or without G.
     */
    static double cpgRatio(Bases bases) {
        long c = 0;
        long g = 0;
        long cpg = 0;
        int before = -1;
        for (byte code : bases.codes) {
            c += code == Bases.C ? 1 : 0;
            g += code == Bases.G ? 1 : 0;
            cpg += before == Bases.C && code == Bases.G ? 1 : 0;
            before = code;
        }
        return c * g == 0 ? Double.NaN : (double) cpg * bases.length() / (c * g);
    }

    /** The length of the longest run of one base. */
    static double longestRun(Bases bases) {
        int longest = 0;
        int run = 0;
        int before = -1;
        for (byte code : bases.codes) {
            run = code == before ? run + 1 : 1;
            longest = Math.max(longest, run);
            before = code;
        }
        return longest;
    }
}

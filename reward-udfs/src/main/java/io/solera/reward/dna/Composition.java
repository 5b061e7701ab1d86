package io.solera.reward.dna;

/** Properties that one pass over the bases counts. */
final class Composition {
    private Composition() {}

    /** The share of G and C, of the letters that tell: A, C, G, T, and S (C or G) and W (A or T). */
    static double gc(Bases bases) {
        int strong = 0;
        int weak = 0;
        for (byte code : bases.codes) {
            boolean maybeStrong = Bases.maybe(code, Bases.C) || Bases.maybe(code, Bases.G);
            boolean maybeWeak = Bases.maybe(code, Bases.A) || Bases.maybe(code, Bases.T);
            strong += maybeWeak ? 0 : 1;
            weak += maybeStrong ? 0 : 1;
        }
        return (double) strong / (strong + weak);
    }

    /**
     * How often CG stands in the strand against what the numbers of C and G let expect: CpG length / (C G) (M. Gardiner-Garden and M.
     * Frommer, J. Mol. Biol. 196, 261, 1987); undefined without C or without G. Letters for several bases count nowhere, nor in the
     * length.
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
        return c * g == 0 ? Double.NaN : (double) cpg * bases.known() / (c * g);
    }

    /** The length of the longest run of one base; a letter for several bases ends a run. */
    static double longestRun(Bases bases) {
        int longest = 0;
        int run = 0;
        int before = -1;
        for (byte code : bases.codes) {
            run = !Bases.known(code) ? 0 : code == before ? run + 1 : 1;
            longest = Math.max(longest, run);
            before = code;
        }
        return longest;
    }
}

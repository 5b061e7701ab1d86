package io.solera.reward.dna;

/** Properties counted in one pass over the bases. */
final class Composition {
    private Composition() {}

    /** The share of G and C among the letters that determine it: A, C, G, T, S (C or G) and W (A or T). */
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
     * Observed over expected frequency of CG, given the numbers of C and G: CpG length / (C G) (M. Gardiner-Garden and
     * M. Frommer, J. Mol. Biol. 196, 261, 1987); undefined without C or G. Ambiguous letters are not counted, not even
     * in the length.
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

    /** The length of the longest run of one base; an ambiguous letter ends a run. */
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

package io.solera.reward.protein;

/** Properties that depend on how often each residue occurs, not on its position. */
final class Composition {
    /** E, M, A, L, K: more frequent in helices. */
    static final String HELIX = "EMALK";
    /** N, P, G, S, D. */
    static final String TURN = "NPGSD";
    /** V, I, Y, F, W, L, T; leucine counts for helices too. */
    static final String SHEET = "VIYFWLT";

    static final String AROMATIC = "FWY";

    private Composition() {}

    /** The share of residues that are one of some letters. */
    static double share(Residues residues, String letters) {
        int count = 0;
        for (int i = 0; i < letters.length(); i++) {
            count += residues.count(letters.charAt(i));
        }
        return (double) count / residues.length();
    }

    /**
     * The relative volume of aliphatic side chains: 100 (A + 2.9 V + 3.9 (I + L)) (A. Ikai, J. Biochem. 88, 1895,
     * 1980).
     */
    static double aliphaticIndex(Residues residues) {
        return 100
                * (residues.count('A') + 2.9 * residues.count('V') + 3.9 * (residues.count('I') + residues.count('L')))
                / residues.length();
    }

    /**
     * At 280 nm in water, per mol/l and cm: 5500 W + 1490 Y (C. N. Pace et al., Protein Sci. 4, 2411, 1995), cysteines
     * reduced.
     */
    static double extinctionReduced(Residues residues) {
        return 5500 * residues.count('W') + 1490 * residues.count('Y');
    }

    /** The same with 125 for every pair of cysteines, all of them in disulfide bonds. */
    static double extinctionDisulfide(Residues residues) {
        return extinctionReduced(residues) + 125 * (residues.count('C') / 2);
    }
}

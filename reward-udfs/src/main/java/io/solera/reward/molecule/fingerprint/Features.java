package io.solera.reward.molecule.fingerprint;

import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smarts.Matching;
import io.solera.reward.molecule.smarts.Patterns;
import java.util.List;

/**
 * What an atom may do to a protein, one bit each: give a hydrogen bond, take one, be aromatic, a halogen, a base, an acid (A. Gobbi and D.
 * Poppinger, Biotechnol. Bioeng. 61, 47, 1998, in RDKit's patterns).
 */
final class Features {
    private static final Patterns BITS = Patterns.of(List.of(
            "[$([N;!H0;v3,v4&+1]),$([O,S;H1;+0]),n&H1&+0]",
            "[$([O,S;H1;v2;!$(*-*=[O,N,P,S])]),$([O,S;H0;v2]),$([O,S;-]),$([N;v3;!$(N-*=[O,N,P,S])]),n&H0&+0,"
                    + "$([o,s;+0;!$([o,s]:n);!$([o,s]:c:n)])]",
            "[a]",
            "[F,Cl,Br,I]",
            "[#7;+,$([N;H2&+0][$([C,a]);!$([C,a](=O))]),$([N;H1&+0]([$([C,a]);!$([C,a](=O))])[$([C,a]);!$([C,a](=O))]),"
                    + "$([N;H0&+0]([C;!$(C(=O))])([C;!$(C(=O))])[C;!$(C(=O))])]",
            "[$([C,S](=[O,S,P])-[O;H1,-1])]"));

    private Features() {}

    /** The bits of every atom. */
    static int[] of(Molecule molecule) {
        Matching matching = BITS.in(molecule);
        int[] features = new int[molecule.graph.atoms];
        for (int atom = 0; atom < features.length; atom++) {
            for (int bit = 0; bit < BITS.size(); bit++) {
                features[atom] |= matching.at(bit, atom) ? 1 << bit : 0;
            }
        }
        return features;
    }
}

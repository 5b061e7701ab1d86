package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smarts.Matching;
import io.solera.reward.molecule.smarts.Patterns;
import java.util.List;

/** Rotatable bonds in the strict sense of RDKit's CalcNumRotatableBonds: single, in no ring, and neither end one that does not count. */
final class Rotors {
    /** An end of a bond that turns: no terminal atom, no linear group, no trihalomethyl or tert-butyl. */
    private static final String END =
            "!$(*#*)&!D1&!$(C(F)(F)F)&!$(C(Cl)(Cl)Cl)&!$(C(Br)(Br)Br)&!$(C([CH3])([CH3])[CH3])";

    /** The other end is no side of an amide, ester, amidine or the like either. */
    private static final String FREE_END = END + "&!$([CD3](=[N,O,S])-!@[#7,O,S!D1])&!$([#7,O,S!D1]-!@[CD3]=[N,O,S])"
            + "&!$([CD3](=[N+])-!@[#7!D1])&!$([#7!D1]-!@[CD3]=[N+])";

    private static final Patterns ENDS = Patterns.of(List.of("[" + END + "]", "[" + FREE_END + "]"));

    private Rotors() {}

    static int count(Molecule molecule) {
        Graph graph = molecule.graph;
        Matching ends = ENDS.in(molecule);
        int count = 0;
        for (int bond = 0; bond < graph.bonds; bond++) {
            int a = graph.begin[bond];
            int b = graph.end[bond];
            if (graph.order[bond] == 1
                    && molecule.rings.atBond[bond] == 0
                    && ends.at(0, a)
                    && ends.at(0, b)
                    && (ends.at(1, a) || ends.at(1, b))) {
                count++;
            }
        }
        return count;
    }
}

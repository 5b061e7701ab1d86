package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Rings;
import java.util.BitSet;

/** How pairs of rings meet. */
final class RingFusion {
    private RingFusion() {}

    static int spiroAtoms(Molecule molecule) {
        int[][] rings = molecule.rings.atoms;
        BitSet spiro = new BitSet();
        for (int a = 0; a < rings.length; a++) {
            for (int b = 0; b < a; b++) {
                int shared = -1;
                int count = 0;
                for (int atom : rings[a]) {
                    if (molecule.rings.atAtom[atom] > 1 && Rings.contains(rings[b], atom)) {
                        shared = atom;
                        count++;
                    }
                }
                if (count == 1) {
                    spiro.set(shared);
                }
            }
        }
        return spiro.cardinality();
    }

    static int bridgeheads(Molecule molecule) {
        int[][] rings = molecule.rings.bonds;
        Graph graph = molecule.graph;
        BitSet heads = new BitSet();
        for (int a = 0; a < rings.length; a++) {
            for (int b = 0; b < a; b++) {
                int[] ends = new int[graph.atoms];
                int shared = 0;
                for (int bond : rings[a]) {
                    if (molecule.rings.atBond[bond] > 1 && Rings.contains(rings[b], bond)) {
                        ends[graph.begin[bond]]++;
                        ends[graph.end[bond]]++;
                        shared++;
                    }
                }
                for (int atom = 0; shared > 1 && atom < graph.atoms; atom++) {
                    if (ends[atom] == 1) {
                        heads.set(atom);
                    }
                }
            }
        }
        return heads.cardinality();
    }
}

package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Sketch;

/** Which hydrogens that are written as atoms become counts of their neighbours, by the rules of RDKit's removeHs. */
final class WrittenHydrogens {
    private WrittenHydrogens() {}

    /** The molecule without them. */
    static Sketch counted(Sketch sketch) {
        boolean[] removed = new boolean[sketch.atoms];
        boolean any = false;
        for (int atom = 0; atom < sketch.atoms; atom++) {
            removed[atom] = sketch.element[atom] == Elements.H && plain(sketch, atom);
            any |= removed[atom];
        }
        return any ? sketch.without(removed) : sketch;
    }

    private static boolean plain(Sketch sketch, int atom) {
        if (sketch.neighbours(atom) != 1 || sketch.isotope[atom] != 0 || sketch.charge[atom] == -1) {
            return false;
        }
        int own = sketch.bondsAt(atom)[0];
        int neighbour = sketch.other(own, atom);
        if (sketch.element[neighbour] <= Elements.H || sketch.chirality[neighbour] == 3) {
            return false;
        }
        if (sketch.neighbours(neighbour) == 2 && sketch.direction[own] != 0) {
            for (int bond : sketch.bondsAt(neighbour)) {
                if (sketch.type[bond] == Sketch.DOUBLE) {
                    return false; // it says which way round the double bond is
                }
            }
        }
        return true;
    }
}

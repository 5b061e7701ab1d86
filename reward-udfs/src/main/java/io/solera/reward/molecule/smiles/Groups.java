package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Sketch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Groups that are drawn in more than one way, brought to the one that keeps to valences, as RDKit does before it checks them
 * (Code/GraphMol/MolOps.cpp): nitro groups, azides, phosphonium ylides, halogen oxides, and bonds to metals that are dative.
 */
final class Groups {
    private static final BitSet NON_METALS = new BitSet();
    private static final BitSet NEVER_GIVE = new BitSet();

    static {
        for (int z : new int[] {0, 1, 2, 5, 6, 7, 8, 9, 10, 14, 15, 16, 17, 18, 33, 34, 35, 36, 52, 53, 54, 85, 86}) {
            NON_METALS.set(z);
        }
        for (int z : new int[] {1, 2, 9, 10}) {
            NEVER_GIVE.set(z);
        }
    }

    private final Sketch sketch;

    private Groups(Sketch sketch) {
        this.sketch = sketch;
    }

    static void settle(Sketch sketch) {
        Groups groups = new Groups(sketch);
        groups.nitrogens();
        for (int atom = 0; atom < sketch.atoms; atom++) {
            switch (sketch.element[atom]) {
                case Elements.P -> groups.phosphorus(atom);
                case Elements.CL, Elements.BR, Elements.I -> groups.halogen(atom);
                default -> {}
            }
        }
        groups.metals();
    }

    private int valence(int atom) {
        return ValenceModel.explicit(sketch, atom, false);
    }

    private void nitrogens() {
        List<Integer> fives = new ArrayList<>();
        for (int atom = 0; atom < sketch.atoms; atom++) {
            if (sketch.element[atom] == Elements.N && sketch.charge[atom] == 0 && valence(atom) == 5) {
                fives.add(atom);
                separate(atom, Elements.O, Sketch.DOUBLE);
            }
        }
        for (int atom : fives) {
            separate(atom, Elements.N, Sketch.TRIPLE);
        }
    }

    /** Lowers the order of a bond to a neutral neighbour of an element by one, and charges both ends. */
    private void separate(int atom, int element, int type) {
        for (int bond : sketch.bondsAt(atom)) {
            int other = sketch.other(bond, atom);
            if (sketch.element[other] == element && sketch.charge[other] == 0 && sketch.type[bond] == type) {
                sketch.type[bond] = type - 1;
                sketch.charge[atom] = 1;
                sketch.charge[other] = -1;
                return;
            }
        }
    }

    /** C=P(=O)R becomes C=[P+]([O-])R. */
    private void phosphorus(int atom) {
        if (sketch.charge[atom] != 0 || valence(atom) != 5 || sketch.neighbours(atom) != 3) {
            return;
        }
        int oxide = -1;
        boolean ylide = false;
        for (int bond : sketch.bondsAt(atom)) {
            int other = sketch.other(bond, atom);
            int z = sketch.element[other];
            if (sketch.type[bond] == Sketch.DOUBLE) {
                if (z == Elements.O && sketch.charge[other] == 0) {
                    oxide = bond;
                } else {
                    ylide |= (z == Elements.C || z == Elements.N) && sketch.neighbours(other) >= 2;
                }
            }
        }
        if (ylide && oxide >= 0) {
            sketch.type[oxide] = Sketch.SINGLE;
            sketch.charge[sketch.other(oxide, atom)] = -1;
            sketch.charge[atom] = 1;
        }
    }

    private void halogen(int atom) {
        int valence = valence(atom);
        if (sketch.charge[atom] != 0 || (valence != 7 && valence != 5 && valence != 3)) {
            return;
        }
        for (int bond : sketch.bondsAt(atom)) {
            if (sketch.element[sketch.other(bond, atom)] != Elements.O) {
                return;
            }
        }
        int charge = 0;
        for (int bond : sketch.bondsAt(atom)) {
            if (sketch.type[bond] == Sketch.DOUBLE) {
                sketch.type[bond] = Sketch.SINGLE;
                sketch.charge[sketch.other(bond, atom)] = -1;
                charge++;
            }
        }
        sketch.charge[atom] = charge;
    }

    /** A single bond to a metal becomes dative where its other atom has more bonds than it may have. */
    private void metals() {
        for (int atom = 0; atom < sketch.atoms; atom++) {
            if (NON_METALS.get(sketch.element[atom]) && !NEVER_GIVE.get(sketch.element[atom]) && overfull(atom)) {
                int chosen = -1;
                int fewest = Integer.MAX_VALUE;
                for (int bond : sketch.bondsAt(atom)) {
                    int metal = sketch.other(bond, atom);
                    if (sketch.type[bond] == Sketch.SINGLE && !NON_METALS.get(sketch.element[metal])) {
                        int given = dative(metal);
                        if (given < fewest) {
                            fewest = given;
                            chosen = bond;
                        }
                    }
                }
                if (chosen >= 0) {
                    int metal = sketch.other(chosen, atom);
                    sketch.type[chosen] = Sketch.DATIVE;
                    sketch.begin[chosen] = atom;
                    sketch.end[chosen] = metal;
                    sketch.direction[chosen] = 0;
                }
            }
        }
    }

    private boolean overfull(int atom) {
        int effective = sketch.element[atom] - sketch.charge[atom];
        if (effective <= 0 || effective > Elements.LARGEST) {
            return false;
        }
        ValenceModel.update(sketch, atom);
        int[] allowed = Elements.valences(effective);
        int most = allowed[allowed.length - 1];
        int valence = sketch.explicitValence[atom];
        return most > 0
                && (valence > most
                        || (valence == most
                                && sketch.aromatic[atom]
                                && sketch.neighbours(atom) + sketch.allHydrogens(atom) == 4));
    }

    private int dative(int atom) {
        int count = 0;
        for (int bond : sketch.bondsAt(atom)) {
            count += sketch.type[bond] == Sketch.DATIVE ? 1 : 0;
        }
        return count;
    }
}

package io.solera.reward.molecule.graph;

import java.util.ArrayList;
import java.util.List;

/** Which way round the neighbours of atoms and double bonds are, where the text says so. */
public record Stereo(List<Centre> centres, List<DoubleBond> doubleBonds) {
    static final Stereo NONE = new Stereo(List.of(), List.of());
    private static final int LIGANDS = 4;

    /**
     * @param ligands four neighbours, the atom itself in place of a hydrogen that is no atom or a lone pair
     * @param clockwise how the last three turn, seen from the first
     */
    public record Centre(int atom, int[] ligands, boolean clockwise) {}

    /**
     * @param first a neighbour at the bond's begin
     * @param second one at its end
     * @param together whether the two are on the same side
     */
    public record DoubleBond(int bond, int first, int second, boolean together) {}

    public boolean none() {
        return centres.isEmpty() && doubleBonds.isEmpty();
    }

    public static Stereo of(Sketch sketch) {
        List<Centre> centres = new ArrayList<>();
        for (int atom = 0; atom < sketch.atoms; atom++) {
            if (sketch.chirality[atom] == 1 || sketch.chirality[atom] == 2) {
                int[] ligands = ligands(sketch, atom);
                if (ligands.length == LIGANDS) {
                    centres.add(new Centre(atom, ligands, sketch.chirality[atom] == 2));
                }
            }
        }
        List<DoubleBond> doubleBonds = new ArrayList<>();
        for (int bond = 0; bond < sketch.bonds; bond++) {
            if (sketch.type[bond] == Sketch.DOUBLE) {
                int a = sketch.begin[bond];
                int b = sketch.end[bond];
                int first = drawn(sketch, a, bond);
                int second = first < 0 ? -1 : drawn(sketch, b, bond);
                if (second >= 0) {
                    boolean together = slant(sketch, a, first) == slant(sketch, b, second);
                    doubleBonds.add(new DoubleBond(bond, sketch.other(first, a), sketch.other(second, b), together));
                }
            }
        }
        return centres.isEmpty() && doubleBonds.isEmpty() ? NONE : new Stereo(centres, doubleBonds);
    }

    /** The neighbours in the order of the text; what three of them lack comes after the atom before, or first. */
    private static int[] ligands(Sketch sketch, int atom) {
        List<Integer> found = new ArrayList<>();
        for (int k = 0; k < sketch.degree[atom]; k++) {
            int bond = sketch.written[atom][k];
            found.add(bond < 0 ? atom : sketch.other(bond, atom));
        }
        if (found.size() == LIGANDS - 1 && !found.contains(atom)) {
            boolean begins = found.get(0) > atom || !leadsTo(sketch, atom);
            found.add(begins ? 0 : 1, atom);
        }
        boolean whole = found.stream().filter(ligand -> ligand == atom).count() <= 1;
        return whole ? found.stream().mapToInt(Integer::intValue).toArray() : new int[0];
    }

    /** Whether an atom was written after one that it is bonded to, and not at the beginning of a part. */
    private static boolean leadsTo(Sketch sketch, int atom) {
        int bond = sketch.written[atom][0];
        return bond >= 0 && sketch.chain[bond] && sketch.other(bond, atom) < atom;
    }

    /** A bond at one end of a double bond whose direction is drawn, -1 without one or where two contradict each other. */
    private static int drawn(Sketch sketch, int atom, int doubleBond) {
        int found = -1;
        int others = 0;
        for (int bond : sketch.bondsAt(atom)) {
            if (bond == doubleBond) {
                continue;
            }
            others++;
            if (sketch.direction[bond] != 0) {
                if (found >= 0 && slant(sketch, atom, bond) == slant(sketch, atom, found)) {
                    return -1;
                }
                found = found >= 0 ? found : bond;
            }
        }
        return others <= 2 ? found : -1;
    }

    private static int slant(Sketch sketch, int atom, int bond) {
        return sketch.begin[bond] == atom ? sketch.direction[bond] : -sketch.direction[bond];
    }
}

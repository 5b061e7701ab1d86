package io.solera.reward.molecule;

import java.util.Arrays;

/**
 * Atoms with four different neighbours, a hydrogen or a fixed lone pair among them. Neighbours differ when their
 * {@link AtomColours} do, so that centres which depend on other marked centres count too.
 */
final class StereoCentres {
    private StereoCentres() {}

    static int count(Molecule molecule) {
        int count = 0;
        for (int atom = 0; atom < molecule.graph.atoms; atom++) {
            if (possible(molecule, atom) && neighboursDiffer(molecule, atom)) {
                count++;
            }
        }
        return count;
    }

    private static boolean possible(Molecule molecule, int atom) {
        Graph graph = molecule.graph;
        int z = graph.element[atom];
        int degree = graph.degree(atom);
        int hydrogens = graph.implicit[atom];
        if (degree == 4 && hydrogens == 0) {
            return z != Elements.H;
        }
        if (degree != 3) {
            return false;
        }
        if (hydrogens == 1) {
            return z == Elements.C ? graph.valence(atom) == 4 : graph.connections(atom) == 4;
        }
        return hydrogens == 0
                && switch (z) {
                    case Elements.N ->
                        graph.valence(atom) == 3
                                && !molecule.aromaticAtom[atom]
                                && (molecule.rings.inRingOf(3, atom) || molecule.rings.atAtom[atom] > 2);
                    case Elements.P, Elements.AS -> true;
                    case Elements.S, Elements.SE ->
                        graph.valence(atom) == 4 || (graph.valence(atom) == 3 && graph.charge[atom] == 1);
                    default -> false;
                };
    }

    private static boolean neighboursDiffer(Molecule molecule, int atom) {
        int[] neighbours = molecule.graph.neighbours[atom];
        long[] seen = new long[neighbours.length];
        for (int k = 0; k < seen.length; k++) {
            seen[k] = molecule.colours[neighbours[k]];
        }
        Arrays.sort(seen);
        for (int k = 1; k < seen.length; k++) {
            if (seen[k] == seen[k - 1]) {
                return false;
            }
        }
        return true;
    }
}

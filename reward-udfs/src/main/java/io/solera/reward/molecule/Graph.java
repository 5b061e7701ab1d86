package io.solera.reward.molecule;

import java.util.Arrays;

/**
 * Atoms and bonds as plain arrays: a Kekulé structure whose hydrogens are counts, but for those that are written as atoms for a
 * reason (isotopes, bare protons). Read-only after construction.
 */
final class Graph {
    final int atoms;
    final int bonds;
    final int[] element;
    final int[] charge;
    final int[] isotope;
    /** Hydrogens that are not atoms here. */
    final int[] implicit;

    final int[] begin;
    final int[] end;
    final int[] order;
    /** {@code neighbours[i][k]} is at the other end of bond {@code bondsAt[i][k]}. */
    final int[][] neighbours;

    final int[][] bondsAt;

    Graph(int[] element, int[] charge, int[] isotope, int[] implicit, int[] begin, int[] end, int[] order) {
        this.atoms = element.length;
        this.bonds = begin.length;
        this.element = element;
        this.charge = charge;
        this.isotope = isotope;
        this.implicit = implicit;
        this.begin = begin;
        this.end = end;
        this.order = order;
        int[] degree = new int[atoms];
        for (int bond = 0; bond < bonds; bond++) {
            degree[begin[bond]]++;
            degree[end[bond]]++;
        }
        neighbours = new int[atoms][];
        bondsAt = new int[atoms][];
        for (int i = 0; i < atoms; i++) {
            neighbours[i] = new int[degree[i]];
            bondsAt[i] = new int[degree[i]];
        }
        Arrays.fill(degree, 0);
        for (int bond = 0; bond < bonds; bond++) {
            int a = begin[bond];
            int b = end[bond];
            neighbours[a][degree[a]] = b;
            bondsAt[a][degree[a]++] = bond;
            neighbours[b][degree[b]] = a;
            bondsAt[b][degree[b]++] = bond;
        }
    }

    int degree(int atom) {
        return neighbours[atom].length;
    }

    /** All hydrogens on an atom. */
    int hydrogens(int atom) {
        int count = implicit[atom];
        for (int neighbour : neighbours[atom]) {
            if (element[neighbour] == Elements.H) {
                count++;
            }
        }
        return count;
    }

    /** Neighbours, hydrogens among them: X in SMARTS. */
    int connections(int atom) {
        return degree(atom) + implicit[atom];
    }

    /** The sum of the bonds' orders, hydrogens among them: v in SMARTS. */
    int valence(int atom) {
        int sum = implicit[atom];
        for (int bond : bondsAt[atom]) {
            sum += order[bond];
        }
        return sum;
    }

    int other(int bond, int atom) {
        return begin[bond] == atom ? end[bond] : begin[bond];
    }

    /** The bond between two atoms, -1 where there is none. */
    int bondBetween(int a, int b) {
        for (int k = 0; k < neighbours[a].length; k++) {
            if (neighbours[a][k] == b) {
                return bondsAt[a][k];
            }
        }
        return -1;
    }

    int heavyAtoms() {
        int count = 0;
        for (int z : element) {
            if (z != Elements.H) {
                count++;
            }
        }
        return count;
    }
}

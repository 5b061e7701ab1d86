package io.solera.reward.molecule.graph;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Atoms and bonds as plain arrays: a Kekulé structure whose hydrogens are counts, but for those that are written as atoms for a
 * reason (isotopes, bare protons). Read-only after construction. Bonds without an order, dative ones and {@code ~}, have order 0.
 */
public final class Graph {
    public final int atoms;
    public final int bonds;
    public final int[] element;
    public final int[] charge;
    public final int[] isotope;
    /** The number of an atom in a reaction, 0 without one. */
    public final int[] map;
    /** Hydrogens that are not atoms here. */
    public final int[] implicit;

    /** Unpaired electrons. */
    public final int[] radicals;

    public final int[] begin;
    public final int[] end;
    public final int[] order;
    /** From the bond's begin, which gives both electrons, to its end. */
    public final boolean[] dative;
    /** {@code neighbours[i][k]} is at the other end of bond {@code bondsAt[i][k]}. */
    public final int[][] neighbours;

    public final int[][] bondsAt;

    /** What a sketch became that keeps to all rules. */
    public static Graph of(Sketch sketch) {
        int n = sketch.atoms;
        int[] hydrogens = new int[n];
        for (int atom = 0; atom < n; atom++) {
            hydrogens[atom] = sketch.allHydrogens(atom);
        }
        return new Graph(sketch, hydrogens, bond -> true);
    }

    /** The same atoms without the bonds that make no rings. */
    public static Graph forRings(Sketch sketch) {
        return new Graph(sketch, new int[sketch.atoms], bond -> sketch.type[bond] != Sketch.DATIVE);
    }

    private Graph(Sketch sketch, int[] implicit, IntPredicate counts) {
        this.atoms = sketch.atoms;
        this.bonds = sketch.bonds;
        this.element = Arrays.copyOf(sketch.element, atoms);
        this.charge = Arrays.copyOf(sketch.charge, atoms);
        this.isotope = Arrays.copyOf(sketch.isotope, atoms);
        this.map = Arrays.copyOf(sketch.map, atoms);
        this.radicals = Arrays.copyOf(sketch.radicals, atoms);
        this.implicit = implicit;
        this.begin = Arrays.copyOf(sketch.begin, bonds);
        this.end = Arrays.copyOf(sketch.end, bonds);
        this.order = new int[bonds];
        this.dative = new boolean[bonds];
        int[] degree = new int[atoms];
        for (int bond = 0; bond < bonds; bond++) {
            dative[bond] = sketch.type[bond] == Sketch.DATIVE;
            order[bond] = dative[bond] ? 0 : sketch.type[bond];
            if (counts.test(bond)) {
                degree[begin[bond]]++;
                degree[end[bond]]++;
            }
        }
        neighbours = new int[atoms][];
        bondsAt = new int[atoms][];
        for (int i = 0; i < atoms; i++) {
            neighbours[i] = new int[degree[i]];
            bondsAt[i] = new int[degree[i]];
        }
        Arrays.fill(degree, 0);
        for (int bond = 0; bond < bonds; bond++) {
            if (!counts.test(bond)) {
                continue;
            }
            int a = begin[bond];
            int b = end[bond];
            neighbours[a][degree[a]] = b;
            bondsAt[a][degree[a]++] = bond;
            neighbours[b][degree[b]] = a;
            bondsAt[b][degree[b]++] = bond;
        }
    }

    /** The same with the hydrogens of a sketch that has changed. */
    public Graph withHydrogens(Sketch sketch) {
        for (int atom = 0; atom < atoms; atom++) {
            if (implicit[atom] != sketch.allHydrogens(atom)) {
                return Graph.of(sketch);
            }
        }
        return this;
    }

    public int degree(int atom) {
        return neighbours[atom].length;
    }

    /** All hydrogens on an atom. */
    public int hydrogens(int atom) {
        int count = implicit[atom];
        for (int neighbour : neighbours[atom]) {
            if (element[neighbour] == Elements.H) {
                count++;
            }
        }
        return count;
    }

    /** Neighbours, hydrogens among them: X in SMARTS. */
    public int connections(int atom) {
        return degree(atom) + implicit[atom];
    }

    /** The sum of the bonds' orders, hydrogens among them: v in SMARTS. */
    public int valence(int atom) {
        int sum = implicit[atom];
        for (int bond : bondsAt[atom]) {
            sum += order[bond];
            sum += dative[bond] && end[bond] == atom ? 1 : 0;
        }
        return sum;
    }

    /** Neighbours and hydrogens but for those whose bonds add nothing to an atom's valence. */
    public int bonded(int atom) {
        int count = connections(atom);
        for (int bond : bondsAt[atom]) {
            count -= order[bond] == 0 && !(dative[bond] && end[bond] == atom) ? 1 : 0;
        }
        return count;
    }

    public int other(int bond, int atom) {
        return begin[bond] == atom ? end[bond] : begin[bond];
    }

    /** The bond between two atoms, -1 where there is none. */
    public int bondBetween(int a, int b) {
        for (int k = 0; k < neighbours[a].length; k++) {
            if (neighbours[a][k] == b) {
                return bondsAt[a][k];
            }
        }
        return -1;
    }

    public int heavyAtoms() {
        int count = 0;
        for (int z : element) {
            if (z != Elements.H) {
                count++;
            }
        }
        return count;
    }
}

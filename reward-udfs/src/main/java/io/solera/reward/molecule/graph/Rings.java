package io.solera.reward.molecule.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The relevant cycles of a graph: those that are no sum of shorter ones, a set that does not depend on the order of the atoms
 * (P. Vismara, Electronic Journal of Combinatorics 4, R9, 1997). More than {@link #LIMIT} of them are refused.
 */
public final class Rings {
    /** Relevant cycles may grow exponentially with the rings of a macrocycle; drugs have below 20. */
    static final int LIMIT = 512;

    /** The atoms of every ring, in order around it, and the bonds; bond k joins atoms k and k + 1. */
    public final int[][] atoms;

    public final int[][] bonds;
    /** Rings through each atom and bond. */
    public final int[] atAtom;

    public final int[] atBond;
    /** The size of the smallest ring through each atom, 0 where there is none. */
    public final int[] smallest;

    private Rings(Graph graph, List<int[]> cycles) {
        atoms = cycles.toArray(int[][]::new);
        bonds = new int[atoms.length][];
        atAtom = new int[graph.atoms];
        atBond = new int[graph.bonds];
        smallest = new int[graph.atoms];
        for (int ring = 0; ring < atoms.length; ring++) {
            bonds[ring] = bonds(graph, atoms[ring]);
            for (int atom : atoms[ring]) {
                atAtom[atom]++;
                if (smallest[atom] == 0 || atoms[ring].length < smallest[atom]) {
                    smallest[atom] = atoms[ring].length;
                }
            }
            for (int bond : bonds[ring]) {
                atBond[bond]++;
            }
        }
    }

    public static Rings of(Graph graph) {
        List<Family> families = new ArrayList<>(new CycleFamilies(graph).families());
        families.sort(Comparator.comparingInt(Family::length));
        List<int[]> cycles = new ArrayList<>();
        Basis basis = new Basis();
        for (int start = 0; start < families.size(); ) {
            int length = families.get(start).length();
            int stop = start;
            List<BitRow> fresh = new ArrayList<>();
            while (stop < families.size() && families.get(stop).length() == length) {
                Family family = families.get(stop++);
                BitRow row = BitRow.of(graph.bonds, bonds(graph, family.prototype()));
                if (!basis.spans(row)) {
                    fresh.add(row);
                    family.cycles(cycles, LIMIT);
                }
            }
            fresh.forEach(basis::add);
            start = stop;
        }
        return new Rings(graph, cycles);
    }

    public int count() {
        return atoms.length;
    }

    /** How many bonds of an atom are in rings. */
    public int bondsAt(Graph graph, int atom) {
        int count = 0;
        for (int bond : graph.bondsAt[atom]) {
            count += atBond[bond] > 0 ? 1 : 0;
        }
        return count;
    }

    public boolean inRingOf(int size, int atom) {
        if (atAtom[atom] > 0) {
            for (int[] ring : atoms) {
                if (ring.length == size && contains(ring, atom)) {
                    return true;
                }
            }
        }
        return false;
    }

    public static boolean contains(int[] values, int value) {
        for (int candidate : values) {
            if (candidate == value) {
                return true;
            }
        }
        return false;
    }

    private static int[] bonds(Graph graph, int[] cycle) {
        int[] bonds = new int[cycle.length];
        for (int k = 0; k < cycle.length; k++) {
            bonds[k] = graph.bondBetween(cycle[k], cycle[(k + 1) % cycle.length]);
        }
        return bonds;
    }

    /** A set of bonds as a vector over the field of two elements. */
    private record BitRow(long[] words) {
        static BitRow of(int size, int[] members) {
            long[] words = new long[(size + 63) >>> 6];
            for (int member : members) {
                words[member >>> 6] |= 1L << member;
            }
            return new BitRow(words);
        }

        int lowest() {
            for (int w = 0; w < words.length; w++) {
                if (words[w] != 0) {
                    return (w << 6) + Long.numberOfTrailingZeros(words[w]);
                }
            }
            return -1;
        }

        boolean has(int bit) {
            return ((words[bit >>> 6] >>> bit) & 1) != 0;
        }

        BitRow plus(BitRow other) {
            long[] sum = words.clone();
            for (int w = 0; w < sum.length; w++) {
                sum[w] ^= other.words[w];
            }
            return new BitRow(sum);
        }
    }

    /** Linearly independent rows; each has a lowest bit that no later row has. */
    private static final class Basis {
        private final List<BitRow> rows = new ArrayList<>();

        boolean spans(BitRow row) {
            return reduce(row).lowest() < 0;
        }

        void add(BitRow row) {
            BitRow rest = reduce(row);
            if (rest.lowest() >= 0) {
                rows.add(rest);
            }
        }

        private BitRow reduce(BitRow row) {
            BitRow rest = row;
            for (BitRow known : rows) {
                if (rest.has(known.lowest())) {
                    rest = rest.plus(known);
                }
            }
            return rest;
        }
    }

    @Override
    public String toString() {
        return Arrays.deepToString(atoms);
    }
}

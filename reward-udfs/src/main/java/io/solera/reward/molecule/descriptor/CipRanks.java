package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import java.util.Arrays;

/**
 * Ranks of atoms by the rules of Cahn, Ingold and Prelog as RDKit's legacy perception approximates them (Code/GraphMol/Chirality.cpp,
 * after P. Labute, 1996): atoms are told apart by element and isotope, then again and again by the ranks of their neighbours.
 */
final class CipRanks {
    private static final int MASSES = 1 << 10;
    private static final int MAPS = 1 << 10;

    private final Molecule molecule;
    private final Graph graph;
    private int[] ranks;
    private int classes;

    private CipRanks(Molecule molecule) {
        this.molecule = molecule;
        this.graph = molecule.graph;
        this.ranks = new int[graph.atoms];
    }

    /** Ranks from the structure alone, equal for atoms that it does not tell apart. */
    static int[] of(Molecule molecule) {
        Graph graph = molecule.graph;
        int[][] seeds = new int[graph.atoms][];
        for (int atom = 0; atom < graph.atoms; atom++) {
            int isotope = graph.isotope[atom];
            int mass = isotope == 0 ? 0 : isotope - Elements.commonIsotope(graph.element[atom]);
            mass += MASSES / 2 + (isotope != 0 && mass >= 0 ? 1 : 0);
            int map = graph.map[atom] == 0 ? 0 : (graph.map[atom] + 1) % MAPS;
            seeds[atom] = new int[] {((graph.element[atom] * MASSES) | (Math.max(0, mass) % MASSES)) * MAPS | map};
        }
        CipRanks ranks = new CipRanks(molecule);
        ranks.sort(seeds);
        for (int atom = 0; atom < graph.atoms; atom++) {
            seeds[atom] = new int[] {graph.element[atom], ranks.ranks[atom]};
        }
        return ranks.refined(seeds);
    }

    /** Ranks refined by numbers that were given to atoms since. */
    static int[] of(Molecule molecule, int[] invariants) {
        int[][] seeds = new int[invariants.length][];
        Arrays.setAll(seeds, atom -> new int[] {invariants[atom]});
        CipRanks ranks = new CipRanks(molecule);
        ranks.sort(seeds);
        return ranks.refined(seeds);
    }

    private int[] refined(int[][] seeds) {
        int kept = seeds.length == 0 ? 0 : seeds[0].length;
        int[][] entries = seeds;
        int most = graph.atoms / 2 + 1;
        int last = -1;
        for (int round = 0; classes < graph.atoms && round < most && last < classes; round++) {
            int[][] longer = new int[graph.atoms][];
            for (int atom = 0; atom < graph.atoms; atom++) {
                longer[atom] = withNeighbours(entries[atom], atom);
            }
            last = classes;
            sort(longer);
            entries = new int[graph.atoms][];
            for (int atom = 0; atom < graph.atoms; atom++) {
                entries[atom] = Arrays.copyOf(seeds[atom], kept + 1);
                entries[atom][kept] = ranks[atom];
            }
        }
        return ranks;
    }

    private int[] withNeighbours(int[] entry, int atom) {
        int degree = graph.degree(atom);
        long[] around = new long[degree];
        int size = entry.length + graph.implicit[atom];
        for (int k = 0; k < degree; k++) {
            int copies = copies(graph.bondsAt[atom][k], graph.neighbours[atom][k]);
            around[k] = ((long) -ranks[graph.neighbours[atom][k]] << 8) + copies;
            size += copies;
        }
        Arrays.sort(around);
        int[] longer = Arrays.copyOf(entry, size); // hydrogens are the zeros at the end
        int at = entry.length;
        for (long pair : around) {
            for (int copy = (int) (pair & 0xFF); copy > 0; copy--) {
                longer[at++] = (int) -(pair >> 8) + 1;
            }
        }
        return longer;
    }

    /** Twice a bond's order: how often a neighbour counts. */
    private int copies(int bond, int neighbour) {
        if (molecule.aromaticBond[bond]) {
            return 3;
        }
        if (graph.dative[bond]) {
            return 2;
        }
        int degree = graph.degree(neighbour);
        boolean oxide =
                graph.order[bond] == 2 && graph.element[neighbour] == Elements.P && (degree == 3 || degree == 4);
        return oxide ? 1 : 2 * graph.order[bond];
    }

    private void sort(int[][] entries) {
        Integer[] order = new Integer[entries.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Arrays.compare(entries[a], entries[b]));
        int[] next = new int[entries.length];
        classes = 0;
        for (int i = 0; i < order.length; i++) {
            if (i > 0 && !Arrays.equals(entries[order[i]], entries[order[i - 1]])) {
                classes++;
            }
            next[order[i]] = classes;
        }
        classes += order.length == 0 ? 0 : 1;
        ranks = next;
    }
}

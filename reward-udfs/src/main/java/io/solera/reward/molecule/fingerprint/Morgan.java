package io.solera.reward.molecule.fingerprint;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Sketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Circular environments around each atom (D. Rogers and M. Hahn, Extended-connectivity fingerprints, J. Chem. Inf. Model. 50, 742,
 * 2010) under the ids that RDKit's Morgan fingerprint gives them.
 */
public final class Morgan {
    private final Molecule molecule;
    private final Graph graph;

    private record Environment(int atom, int id, BitSet bonds) {}

    private Morgan(Molecule molecule) {
        this.molecule = molecule;
        this.graph = molecule.graph;
    }

    /** Those of ECFP4, up to two bonds around each atom. */
    public static int[] ids(Molecule molecule) {
        return ids(molecule, FingerprintKind.ECFP4);
    }

    /** The id of every environment, sorted, once for each place where it occurs; ids are unsigned. */
    public static int[] ids(Molecule molecule, FingerprintKind kind) {
        return new Morgan(molecule).ids(kind);
    }

    private int[] ids(FingerprintKind kind) {
        int n = graph.atoms;
        int[] ids = kind.features ? Features.of(molecule) : new int[n];
        BitSet[] bonds = new BitSet[n];
        for (int atom = 0; atom < n; atom++) {
            ids[atom] = kind.features ? ids[atom] : start(atom);
            bonds[atom] = new BitSet(graph.bonds);
        }
        int[] found = new int[n * (kind.radius + 1)];
        int count = 0;
        for (int id : ids) {
            found[count++] = id;
        }
        boolean[] dead = new boolean[n];
        Set<BitSet> known = new HashSet<>();
        for (int round = 0; round < kind.radius; round++) {
            List<Environment> environments = new ArrayList<>();
            for (int atom = 0; atom < n; atom++) {
                if (!dead[atom] && graph.degree(atom) > 0) {
                    environments.add(grown(atom, round, ids, bonds));
                }
            }
            environments.sort(Comparator.<Environment>comparingInt(e -> e.id ^ Integer.MIN_VALUE));
            for (Environment environment : environments) {
                if (known.add(environment.bonds)) {
                    found[count++] = environment.id;
                } else {
                    dead[environment.atom] = true;
                }
            }
            ids = ids.clone();
            bonds = bonds.clone();
            for (Environment environment : environments) {
                ids[environment.atom] = environment.id;
                bonds[environment.atom] = environment.bonds;
            }
        }
        int[] sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private int start(int atom) {
        int z = graph.element[atom];
        int isotope = graph.isotope[atom];
        int id = combine(0, z);
        id = combine(id, graph.connections(atom));
        id = combine(id, graph.hydrogens(atom));
        id = combine(id, graph.charge[atom]);
        id = combine(id, isotope == 0 ? 0 : (int) (Elements.mass(z, isotope) - Elements.weight(z)));
        return molecule.rings.atAtom[atom] > 0 ? combine(id, 1) : id;
    }

    private Environment grown(int atom, int round, int[] ids, BitSet[] bonds) {
        BitSet all = new BitSet(graph.bonds);
        long[] around = new long[graph.degree(atom)];
        for (int k = 0; k < around.length; k++) {
            int bond = graph.bondsAt[atom][k];
            int neighbour = graph.neighbours[atom][k];
            long type = molecule.aromaticBond[bond]
                    ? Sketch.AROMATIC
                    : graph.dative[bond] ? Sketch.DATIVE : graph.order[bond];
            around[k] = (type << 32) | Integer.toUnsignedLong(ids[neighbour]);
            all.set(bond);
            all.or(bonds[neighbour]);
        }
        Arrays.sort(around);
        int id = combine(round, ids[atom]);
        for (long pair : around) {
            id = combine(id, combine(combine(0, (int) (pair >>> 32)), (int) pair));
        }
        return new Environment(atom, id, all);
    }

    private static int combine(int seed, int value) {
        return seed ^ (value + 0x9E3779B9 + (seed << 6) + (seed >>> 2));
    }
}

package io.solera.reward.molecule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Aromatic bonds by the model of the RDKit Book: every atom of a ring gives 0, 1 or 2 electrons, and a ring or a union of up to
 * six fused rings with 4n + 2 electrons is aromatic along its rim. The reference's limit of 24 atoms for a ring holds.
 */
final class Aromaticity {
    private static final int RING_ATOMS = 24;
    private static final int FUSED_RINGS = 6;
    /** Unions of rings tried for one molecule; a large fullerene needs more. */
    private static final int UNIONS = 100_000;

    private static final int NONE = -1;

    private final Graph graph;
    private final Rings rings;
    private final int[] electrons;
    private final boolean[] aromatic;
    private int unions;

    private Aromaticity(Graph graph, Rings rings) {
        this.graph = graph;
        this.rings = rings;
        this.aromatic = new boolean[graph.bonds];
        this.electrons = new int[graph.atoms];
        for (int atom = 0; atom < graph.atoms; atom++) {
            electrons[atom] = rings.atAtom[atom] == 0 ? NONE : electrons(atom);
        }
    }

    /** For each bond whether it is aromatic. */
    static boolean[] bonds(Graph graph, Rings rings) {
        Aromaticity model = new Aromaticity(graph, rings);
        List<Integer> candidates = new ArrayList<>();
        for (int ring = 0; ring < rings.count(); ring++) {
            if (rings.atoms[ring].length <= RING_ATOMS && model.conjugated(rings.atoms[ring])) {
                candidates.add(ring);
            }
        }
        for (List<Integer> system : model.systems(candidates)) {
            model.solve(system);
        }
        return model.aromatic;
    }

    private boolean conjugated(int[] ring) {
        for (int atom : ring) {
            if (electrons[atom] == NONE) {
                return false;
            }
        }
        return true;
    }

    /** Rings that hang together over single shared bonds. */
    private List<List<Integer>> systems(List<Integer> candidates) {
        List<List<Integer>> systems = new ArrayList<>();
        Set<Integer> left = new HashSet<>(candidates);
        for (int first : candidates) {
            if (!left.remove(first)) {
                continue;
            }
            List<Integer> system = new ArrayList<>(List.of(first));
            for (int k = 0; k < system.size(); k++) {
                for (int other : candidates) {
                    if (left.contains(other) && fused(system.get(k), other)) {
                        left.remove(other);
                        system.add(other);
                    }
                }
            }
            systems.add(system);
        }
        return systems;
    }

    private boolean fused(int a, int b) {
        int shared = 0;
        for (int bond : rings.bonds[a]) {
            if (rings.atBond[bond] > 1 && Rings.contains(rings.bonds[b], bond)) {
                shared++;
            }
        }
        return shared == 1;
    }

    /** Tries single rings, then unions of two, and so on, until every bond of the system is aromatic. */
    private void solve(List<Integer> system) {
        int n = system.size();
        BitSet[] fused = new BitSet[n];
        Set<Integer> open = new HashSet<>();
        for (int i = 0; i < n; i++) {
            fused[i] = new BitSet(n);
            for (int j = 0; j < n; j++) {
                if (i != j && fused(system.get(i), system.get(j))) {
                    fused[i].set(j);
                }
            }
            for (int bond : rings.bonds[system.get(i)]) {
                open.add(bond);
            }
        }
        Set<BitSet> current = new HashSet<>();
        for (int i = 0; i < n; i++) {
            BitSet single = new BitSet(n);
            single.set(i);
            current.add(single);
        }
        for (int size = 1; size <= Math.min(n, FUSED_RINGS); size++) {
            for (BitSet union : current) {
                mark(system, union);
            }
            open.removeIf(bond -> aromatic[bond]);
            if (open.isEmpty()) {
                return;
            }
            if (size < Math.min(n, FUSED_RINGS)) {
                current = grown(current, fused);
            }
        }
    }

    /** Every union with one more ring that is fused to it. */
    private Set<BitSet> grown(Set<BitSet> unions, BitSet[] fused) {
        Set<BitSet> grown = new HashSet<>();
        for (BitSet union : unions) {
            BitSet next = new BitSet();
            union.stream().forEach(i -> next.or(fused[i]));
            next.andNot(union);
            next.stream().forEach(i -> {
                BitSet larger = (BitSet) union.clone();
                larger.set(i);
                if (grown.add(larger) && ++this.unions > UNIONS) {
                    throw new LimitExceededException("more than " + UNIONS + " unions of rings");
                }
            });
        }
        return grown;
    }

    private void mark(List<Integer> system, BitSet union) {
        int[] ringsAt = new int[graph.atoms];
        int[] ringsOn = new int[graph.bonds];
        union.stream().forEach(i -> {
            for (int atom : rings.atoms[system.get(i)]) {
                ringsAt[atom]++;
            }
            for (int bond : rings.bonds[system.get(i)]) {
                ringsOn[bond]++;
            }
        });
        int sum = 0;
        for (int atom = 0; atom < graph.atoms; atom++) {
            if (ringsAt[atom] == 1 || ringsAt[atom] == 2) {
                sum += electrons[atom];
            }
        }
        if (sum % 4 == 2) {
            for (int bond = 0; bond < graph.bonds; bond++) {
                aromatic[bond] |= ringsOn[bond] == 1;
            }
        }
    }

    /** Electrons that an atom of a ring gives to it, or NONE when it interrupts conjugation. */
    private int electrons(int atom) {
        int z = graph.element[atom];
        int bonds = graph.connections(atom);
        if (!conjugates(atom, z) || bonds > 3 || Elements.valence(z) <= 1) {
            return NONE;
        }
        int lonePairs = Math.max(Elements.outerElectrons(z) - Elements.valence(z) - graph.charge[atom], 0);
        int left = Elements.valence(z) - bonds + lonePairs - Radicals.count(graph, atom);
        int excess = graph.valence(atom) - bonds;
        if (left > 1 && excess > 1) {
            left = 1;
        }
        int outward = multipleBond(atom, false);
        boolean drawn = outward >= 0 && Elements.moreElectronegative(graph.element[graph.other(outward, atom)], z);
        if (left < 0) {
            return NONE;
        }
        if (left == 0) {
            return outward >= 0 ? 0 : multipleBond(atom, true) >= 0 ? 1 : NONE;
        }
        if (left == 1) {
            if (outward >= 0) {
                return drawn ? 0 : 1;
            }
            return multipleBond(atom, true) >= 0 ? 1 : graph.charge[atom] == 1 ? 0 : NONE;
        }
        return (drawn ? left - 1 : left) % 2 == 1 ? 1 : 2;
    }

    private boolean conjugates(int atom, int z) {
        if (z == 0 || (z > 18 && z != Elements.SE && z != Elements.TE)) {
            return false;
        }
        int multiple = 0;
        for (int bond : graph.bondsAt[atom]) {
            if (graph.order[bond] > 1) {
                multiple++;
            }
        }
        int isoelectronic = Math.max(0, z - graph.charge[atom]);
        int most = Elements.valence(isoelectronic);
        if (multiple > 1 || (Elements.valence(z) > 0 && graph.valence(atom) > most)) {
            return false;
        }
        return Radicals.count(graph, atom) == 0 || (z == Elements.C && graph.charge[atom] == 0);
    }

    /** A double or triple bond of an atom that is in a ring, or in none; -1 without one. */
    private int multipleBond(int atom, boolean inRing) {
        for (int bond : graph.bondsAt[atom]) {
            if (graph.order[bond] > 1 && rings.atBond[bond] > 0 == inRing) {
                return bond;
            }
        }
        return -1;
    }
}

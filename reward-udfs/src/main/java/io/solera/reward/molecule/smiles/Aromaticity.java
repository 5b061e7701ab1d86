package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.LimitExceededException;
import io.solera.reward.molecule.graph.Rings;
import io.solera.reward.molecule.graph.Sketch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Aromatic bonds by the model of the RDKit Book: every atom of a ring gives 0, 1 or 2 electrons, and a ring or a union of up to
 * six fused rings with 4n + 2 electrons is aromatic along its rim. A ring of more than 24 atoms stands alone.
 */
public final class Aromaticity {
    private static final int RING_ATOMS = 24;
    private static final int FUSED_RINGS = 6;
    /** Unions of rings tried for one molecule; a large fullerene needs more. */
    private static final int UNIONS = 100_000;

    private static final int NONE = -1;
    /** Of an unknown atom, which gives one electron or two. */
    private static final int ANY = 3;

    private static final int MACROCYCLE = 9;

    private final Graph graph;
    private final Rings rings;
    private final int[] valences;
    private final int[] explicitValences;
    private final int[] electrons;
    private final boolean[] aromatic;
    private int unions;

    private Aromaticity(Graph graph, Rings rings, Sketch sketch) {
        this.graph = graph;
        this.valences = sketch.valences();
        this.explicitValences = sketch.explicitValence;
        this.rings = rings;
        this.aromatic = new boolean[graph.bonds];
        this.electrons = new int[graph.atoms];
        for (int atom = 0; atom < graph.atoms; atom++) {
            electrons[atom] = rings.atAtom[atom] == 0 ? NONE : electrons(atom);
        }
    }

    /**
     * For each bond whether it is aromatic.
     *
     * @param sketch has the valences of the atoms as they were before rings were drawn with double bonds
     */
    static boolean[] bonds(Graph graph, Rings rings, Sketch sketch) {
        Aromaticity model = new Aromaticity(graph, rings, sketch);
        List<Integer> candidates = new ArrayList<>();
        for (int ring = 0; ring < rings.count(); ring++) {
            if (model.conjugated(rings.atoms[ring])) {
                candidates.add(ring);
            }
        }
        for (List<Integer> system : model.systems(candidates)) {
            model.solve(system);
        }
        for (int bond = 0; bond < graph.bonds; bond++) {
            model.aromatic[bond] &= graph.order[bond] == 1 || graph.order[bond] == 2; // others stay what they are
        }
        return model.aromatic;
    }

    private boolean conjugated(int[] ring) {
        boolean known = false;
        for (int atom : ring) {
            if (electrons[atom] == NONE) {
                return false;
            }
            known |= graph.element[atom] != 0;
        }
        return known;
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
        if (Math.max(rings.atoms[a].length, rings.atoms[b].length) > RING_ATOMS) {
            return false;
        }
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
        int unknown = 0;
        for (int atom = 0; atom < graph.atoms; atom++) {
            if (ringsAt[atom] == 1 || ringsAt[atom] == 2) {
                unknown += electrons[atom] == ANY ? 1 : 0;
                sum += electrons[atom] == ANY ? 1 : electrons[atom];
            }
        }
        int most = sum + unknown;
        if (unknown <= 1 && (most == 2 || (most >= 6 && (sum % 4 == 2 || most % 4 == 2)))) {
            for (int bond = 0; bond < graph.bonds; bond++) {
                aromatic[bond] |= ringsOn[bond] == 1;
            }
        }
    }

    /** Electrons that an atom has left for a pi system, negative where it can have none. */
    public static int available(Graph graph, int atom) {
        int z = graph.element[atom];
        int bonds = graph.bonded(atom);
        if (bonds > 3 || Elements.valence(z) <= 1) {
            return NONE;
        }
        int lonePairs = Math.max(Elements.outerElectrons(z) - Elements.valence(z) - graph.charge[atom], 0);
        int left = Elements.valence(z) - bonds + lonePairs - graph.radicals[atom];
        return left > 1 && graph.valence(atom) - bonds > 1 ? 1 : left;
    }

    /** Electrons that an atom of a ring gives to it, or NONE when it interrupts conjugation. */
    private int electrons(int atom) {
        int z = graph.element[atom];
        if (z == 0) {
            return multipleBond(atom, true) >= 0 ? 1 : ANY;
        }
        int left = available(graph, atom);
        if (left < 0 || !conjugates(atom, z)) {
            return NONE;
        }
        int outward = multipleBond(atom, false);
        boolean drawn = outward >= 0 && Elements.moreElectronegative(graph.element[graph.other(outward, atom)], z);
        if (left == 0) {
            return outward >= 0 ? 0 : multipleBond(atom, true) >= 0 ? 1 : NONE;
        }
        if (left == 1) {
            if (outward >= 0) {
                return drawn ? 0 : 1;
            }
            return multipleBond(atom, true) >= 0 ? 1 : graph.charge[atom] == 1 ? 0 : NONE;
        }
        if ((drawn ? left - 1 : left) % 2 == 1) {
            return 1;
        }
        return bridge(atom, z) ? NONE : 2;
    }

    /** An ether's oxygen or sulfur in a large ring alone joins its sides, and gives it no electrons. */
    private boolean bridge(int atom, int z) {
        return (z == Elements.O || z == Elements.S)
                && rings.smallest[atom] >= MACROCYCLE
                && graph.degree(atom) == 2
                && graph.charge[atom] == 0
                && multipleBond(atom, true) < 0
                && multipleBond(atom, false) < 0;
    }

    private boolean conjugates(int atom, int z) {
        if ((z > 18 && z != Elements.SE && z != Elements.TE)) {
            return false;
        }
        int multiple = 0;
        for (int bond : graph.bondsAt[atom]) {
            if (graph.order[bond] > 1) {
                multiple++;
            }
        }
        int isoelectronic = Math.max(0, Math.min(Elements.LARGEST, z - graph.charge[atom]));
        int most = Elements.valence(isoelectronic);
        boolean twice = multiple > 1 && explicitValences[atom] - graph.degree(atom) > 1;
        if (twice || (Elements.valence(z) > 0 && valences[atom] > most)) {
            return false;
        }
        return graph.radicals[atom] == 0 || (z == Elements.C && graph.charge[atom] == 0);
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

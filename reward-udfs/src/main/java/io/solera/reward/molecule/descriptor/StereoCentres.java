package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Rings;
import io.solera.reward.molecule.graph.Stereo;
import io.solera.reward.molecule.smiles.Aromaticity;
import java.util.BitSet;

/**
 * Atoms that are stereo centres or could be, as RDKit's FindMolChiralCenters counts them with its legacy perception
 * (Code/GraphMol/Chirality.cpp): neighbours must differ in their {@link CipRanks}, to which centres and double bonds that are marked
 * add, one round after the other.
 */
public final class StereoCentres {
    private static final int SMALLEST_RING_WITH_SIDES = 8;
    private static final int S = 10;
    private static final int R = 20;
    private static final int E = 1;
    private static final int Z = 2;

    private final Molecule molecule;
    private final Graph graph;
    private final boolean[] shaped;
    private final boolean[] found;
    /** S or R of an atom, 0 without. */
    private final int[] code;

    private final int[] sides;
    private int[] ranks;

    private StereoCentres(Molecule molecule) {
        this.molecule = molecule;
        this.graph = molecule.graph;
        this.shaped = new boolean[graph.atoms];
        this.found = new boolean[graph.atoms];
        this.code = new int[graph.atoms];
        this.sides = new int[graph.bonds];
        this.ranks = new int[0];
    }

    public static int count(Molecule molecule) {
        return new StereoCentres(molecule).count();
    }

    private int count() {
        BitSet shapes = new BitSet(graph.atoms);
        for (int atom = 0; atom < graph.atoms; atom++) {
            shaped[atom] = possible(atom);
            shapes.set(atom, shaped[atom]);
        }
        if (shapes.isEmpty()) {
            return 0;
        }
        ranks = CipRanks.of(molecule);
        while (findsMore() && !complete()) {
            rerank();
        }
        int count = 0;
        for (boolean centre : found) {
            count += centre ? 1 : 0;
        }
        return count;
    }

    /** Whether no atom is left that might still become a centre. */
    private boolean complete() {
        for (int atom = 0; atom < graph.atoms; atom++) {
            if (shaped[atom] && code[atom] == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether an atom or a double bond was found that is a centre by the ranks of now. */
    private boolean findsMore() {
        boolean atoms = centres();
        return doubleBonds() || atoms;
    }

    /** Finds centres, and gives the marked ones among them their code; whether there was one. */
    private boolean centres() {
        boolean changed = false;
        for (int atom = 0; atom < graph.atoms; atom++) {
            found[atom] |= shaped[atom] && code[atom] == 0 && neighboursDiffer(atom);
        }
        for (Stereo.Centre centre : molecule.stereo.centres()) {
            int atom = centre.atom();
            if (code[atom] == 0 && shaped[atom] && neighboursDiffer(atom)) {
                code[atom] = odd(centre) ^ centre.clockwise() ? R : S;
                changed = true;
            }
        }
        return changed;
    }

    private boolean neighboursDiffer(int atom) {
        BitSet seen = new BitSet();
        for (int k = 0; k < graph.degree(atom); k++) {
            if (counts(graph.bondsAt[atom][k], atom)) {
                int rank = ranks[graph.neighbours[atom][k]];
                if (seen.get(rank)) {
                    return false;
                }
                seen.set(rank);
            }
        }
        return true;
    }

    /** Whether the ligands are an odd permutation away from the order of their ranks, what is no atom first. */
    private boolean odd(Stereo.Centre centre) {
        int[] ligands = centre.ligands();
        boolean odd = false;
        for (int i = 0; i < ligands.length; i++) {
            for (int j = i + 1; j < ligands.length; j++) {
                odd ^= rank(centre, ligands[i]) > rank(centre, ligands[j]);
            }
        }
        return odd;
    }

    private int rank(Stereo.Centre centre, int ligand) {
        return ligand == centre.atom() ? -1 : ranks[ligand];
    }

    private boolean doubleBonds() {
        boolean changed = false;
        for (Stereo.DoubleBond element : molecule.stereo.doubleBonds()) {
            int bond = element.bond();
            if (sides[bond] == 0 && graph.order[bond] == 2 && !molecule.aromaticBond[bond] && hasSides(bond)) {
                int a = graph.begin[bond];
                int b = graph.end[bond];
                int first = greatest(a, b);
                int second = greatest(b, a);
                if (first >= 0 && second >= 0) {
                    boolean together = element.together() ^ (first != element.first()) ^ (second != element.second());
                    sides[bond] = together ? Z : E;
                    changed = true;
                }
            }
        }
        return changed;
    }

    private boolean hasSides(int bond) {
        for (int ring = 0; ring < molecule.rings.count(); ring++) {
            int[] bonds = molecule.rings.bonds[ring];
            if (bonds.length < SMALLEST_RING_WITH_SIDES && Rings.contains(bonds, bond)) {
                return false;
            }
        }
        return true;
    }

    /** The neighbour of greatest rank but for one, -1 where two are alike. */
    private int greatest(int atom, int except) {
        int best = -1;
        for (int neighbour : graph.neighbours[atom]) {
            if (neighbour != except) {
                if (best >= 0 && ranks[neighbour] == ranks[best]) {
                    return -1;
                }
                best = best < 0 || ranks[neighbour] > ranks[best] ? neighbour : best;
            }
        }
        return best;
    }

    private void rerank() {
        int factor = 100;
        while (factor < graph.atoms) {
            factor *= 10;
        }
        int[] invariants = new int[graph.atoms];
        for (int atom = 0; atom < graph.atoms; atom++) {
            invariants[atom] = ranks[atom] * factor + code[atom];
            for (int bond : graph.bondsAt[atom]) {
                invariants[atom] += sides[bond];
            }
        }
        ranks = CipRanks.of(molecule, invariants);
    }

    /** Whether a bond holds one of the neighbours that make a centre. */
    private boolean counts(int bond, int atom) {
        return graph.order[bond] > 0 || (graph.dative[bond] && graph.end[bond] == atom);
    }

    /** Whether an atom has the shape of a centre, whatever its neighbours. */
    private boolean possible(int atom) {
        int z = graph.element[atom];
        int neighbours = 0;
        boolean hydrogen = false;
        for (int k = 0; k < graph.degree(atom); k++) {
            int next = graph.neighbours[atom][k];
            neighbours += counts(graph.bondsAt[atom][k], atom) ? 1 : 0;
            hydrogen |= graph.element[next] == Elements.H && graph.isotope[next] == 0;
        }
        int hydrogens = graph.implicit[atom];
        int all = neighbours + hydrogens;
        boolean phosphine = z == Elements.P || z == Elements.AS;
        if (all > 4 || all < 3 || (neighbours < 3 && !phosphine)) {
            return false;
        }
        if (neighbours != 3) {
            return true;
        }
        if (hydrogens == 1) {
            return !hydrogen;
        }
        int valence = graph.valence(atom) - hydrogens;
        return switch (z) {
            case Elements.N ->
                (molecule.rings.inRingOf(3, atom) || bridgehead(atom))
                        && graph.valence(atom) == 3
                        && graph.charge[atom] == graph.radicals[atom]
                        && !conjugated(atom);
            case Elements.P, Elements.AS -> true;
            case Elements.S, Elements.SE -> valence == 4 || (valence == 3 && graph.charge[atom] == 1);
            default -> false;
        };
    }

    /** Whether all rings of an atom of three ring bonds share two bonds or more with another of them. */
    private boolean bridgehead(int atom) {
        if (molecule.rings.bondsAt(graph, atom) < 3) {
            return false;
        }
        int[] own = graph.bondsAt[atom];
        int[][] rings = molecule.rings.bonds;
        boolean[] overlaps = new boolean[rings.length];
        for (int i = 0; i < rings.length; i++) {
            if (shared(rings[i], own) == 0) {
                continue;
            }
            for (int j = i + 1; j < rings.length; j++) {
                if (shared(rings[j], own) > 0 && shared(rings[i], rings[j]) >= 2) {
                    overlaps[i] = true;
                    overlaps[j] = true;
                }
            }
            if (!overlaps[i]) {
                return false;
            }
        }
        return true;
    }

    private static int shared(int[] a, int[] b) {
        int count = 0;
        for (int value : a) {
            count += Rings.contains(b, value) ? 1 : 0;
        }
        return count;
    }

    /** Whether a nitrogen's lone pair is next to a double bond. */
    private boolean conjugated(int nitrogen) {
        if (molecule.aromaticAtom[nitrogen]) {
            return true;
        }
        if (!joins(nitrogen) || graph.connections(nitrogen) > 3) {
            return false;
        }
        for (int next : graph.neighbours[nitrogen]) {
            int connections = graph.connections(next);
            if (!joins(next) || connections < 2 || connections > 3) {
                continue;
            }
            for (int k = 0; k < graph.degree(next); k++) {
                int bond = graph.bondsAt[next][k];
                int far = graph.neighbours[next][k];
                if (far != nitrogen && (graph.order[bond] > 1 || molecule.aromaticBond[bond]) && joins(far)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an atom can be part of a conjugated system. */
    private boolean joins(int atom) {
        int z = graph.element[atom];
        int usual = Elements.valence(z);
        if (graph.charge[atom] == 0 && usual >= 0 && graph.valence(atom) > usual) {
            return false;
        }
        int outer = Elements.outerElectrons(z);
        boolean light = z <= 10 || (outer != 5 && outer != 6) || (outer == 6 && graph.connections(atom) < 2);
        return light && Aromaticity.available(graph, atom) > 0;
    }
}

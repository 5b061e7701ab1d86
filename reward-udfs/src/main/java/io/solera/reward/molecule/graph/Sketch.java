package io.solera.reward.molecule.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A molecule on its way from the text to a {@link Graph}: atoms and bonds as they were written, changed step by step into what the rules
 * of chemistry make of them.
 */
public final class Sketch {
    /** Kinds of bonds, under the numbers that RDKit gives them, since these enter fingerprints; ANY is written {@code ~}. */
    public static final int ANY = 0;

    public static final int SINGLE = 1;
    public static final int DOUBLE = 2;
    public static final int TRIPLE = 3;
    public static final int QUADRUPLE = 4;
    public static final int AROMATIC = 12;
    /** From its first atom, which gives both electrons, to its second. */
    public static final int DATIVE = 17;

    public int atoms;
    public int bonds;
    public int[] element = new int[64];
    public int[] charge = new int[64];
    public int[] isotope = new int[64];
    /** The number after a colon, 0 without one. */
    public int[] map = new int[64];
    /** Hydrogens that the text gives an atom. */
    public int[] hydrogens = new int[64];
    /** Hydrogens that an atom's valence asks for besides. */
    public int[] implicit = new int[64];

    public int[] explicitValence = new int[64];
    public int[] radicals = new int[64];
    /** 0, 1 for {@code @}, 2 for {@code @@}, 3 for what is not tetrahedral. */
    public int[] chirality = new int[64];
    /** Whether no hydrogens are added: atoms in brackets. */
    public boolean[] complete = new boolean[64];
    /** Whether it is written in lower case. */
    public boolean[] aromatic = new boolean[64];
    /** The bonds of an atom in the order of the text; {@link #HYDROGEN} stands for one that is no atom. */
    public int[][] written = new int[64][];

    int[] degree = new int[64];
    public int[] begin = new int[64];
    public int[] end = new int[64];
    public int[] type = new int[64];
    /** 1 for {@code /}, -1 for {@code \}, from the first atom to the second. */
    public int[] direction = new int[64];

    public boolean[] aromaticBond = new boolean[64];
    /** Whether a bond joins atoms that follow each other in the text, and closes no ring there. */
    public boolean[] chain = new boolean[64];

    public static final int HYDROGEN = -1;

    public int addAtom() {
        if (atoms == element.length) {
            int size = 2 * atoms;
            element = Arrays.copyOf(element, size);
            charge = Arrays.copyOf(charge, size);
            isotope = Arrays.copyOf(isotope, size);
            map = Arrays.copyOf(map, size);
            hydrogens = Arrays.copyOf(hydrogens, size);
            implicit = Arrays.copyOf(implicit, size);
            explicitValence = Arrays.copyOf(explicitValence, size);
            radicals = Arrays.copyOf(radicals, size);
            chirality = Arrays.copyOf(chirality, size);
            complete = Arrays.copyOf(complete, size);
            aromatic = Arrays.copyOf(aromatic, size);
            written = Arrays.copyOf(written, size);
            degree = Arrays.copyOf(degree, size);
        }
        written[atoms] = new int[4];
        return atoms++;
    }

    public int addBond(int from, int to, int kind, int slant) {
        if (bonds == begin.length) {
            int size = 2 * bonds;
            begin = Arrays.copyOf(begin, size);
            end = Arrays.copyOf(end, size);
            type = Arrays.copyOf(type, size);
            direction = Arrays.copyOf(direction, size);
            aromaticBond = Arrays.copyOf(aromaticBond, size);
            chain = Arrays.copyOf(chain, size);
        }
        begin[bonds] = from;
        end[bonds] = to;
        type[bonds] = kind;
        direction[bonds] = slant;
        aromaticBond[bonds] = kind == AROMATIC;
        return bonds++;
    }

    /** Adds what comes next in the text around an atom, and says at which place. */
    public int write(int atom, int bond) {
        if (degree[atom] == written[atom].length) {
            written[atom] = Arrays.copyOf(written[atom], 2 * degree[atom]);
        }
        written[atom][degree[atom]] = bond;
        return degree[atom]++;
    }

    public int other(int bond, int atom) {
        return begin[bond] == atom ? end[bond] : begin[bond];
    }

    /** How many atoms an atom is bonded to. */
    public int neighbours(int atom) {
        int count = 0;
        for (int k = 0; k < degree[atom]; k++) {
            count += written[atom][k] == HYDROGEN ? 0 : 1;
        }
        return count;
    }

    /** The bond between two atoms, -1 where there is none. */
    public int bondBetween(int a, int b) {
        for (int k = 0; k < degree[a]; k++) {
            int bond = written[a][k];
            if (bond >= 0 && other(bond, a) == b) {
                return bond;
            }
        }
        return -1;
    }

    public int[] bondsAt(int atom) {
        int[] found = new int[degree[atom]];
        int count = 0;
        for (int k = 0; k < degree[atom]; k++) {
            if (written[atom][k] >= 0) {
                found[count++] = written[atom][k];
            }
        }
        return count == found.length ? found : Arrays.copyOf(found, count);
    }

    /** What a bond adds to the valence of one of its atoms, twice. */
    public int twiceValence(int bond, int atom) {
        return switch (type[bond]) {
            case DATIVE -> end[bond] == atom ? 2 : 0;
            case AROMATIC -> 3;
            default -> 2 * type[bond];
        };
    }

    public int twiceValence(int atom) {
        int sum = 0;
        for (int k = 0; k < degree[atom]; k++) {
            sum += written[atom][k] < 0 ? 0 : twiceValence(written[atom][k], atom);
        }
        return sum;
    }

    /** Whether an atom or one of its bonds is written as aromatic. */
    public boolean aromaticAt(int atom) {
        if (aromatic[atom]) {
            return true;
        }
        for (int k = 0; k < degree[atom]; k++) {
            int bond = written[atom][k];
            if (bond >= 0 && (aromaticBond[bond] || type[bond] == AROMATIC)) {
                return true;
            }
        }
        return false;
    }

    public boolean[] aromaticAtoms() {
        boolean[] found = new boolean[atoms];
        for (int atom = 0; atom < atoms; atom++) {
            found[atom] = aromaticAt(atom);
        }
        return found;
    }

    public int[] valences() {
        int[] found = new int[atoms];
        Arrays.setAll(found, atom -> explicitValence[atom] + implicit[atom]);
        return found;
    }

    public int allHydrogens(int atom) {
        return hydrogens[atom] + implicit[atom];
    }

    /** The molecule without some of its atoms, which become hydrogens of their neighbours. */
    public Sketch without(boolean[] removed) {
        Sketch rest = new Sketch();
        int[] place = new int[atoms];
        int[] bondPlace = new int[bonds];
        for (int atom = 0; atom < atoms; atom++) {
            if (!removed[atom]) {
                int copy = rest.addAtom();
                place[atom] = copy;
                rest.element[copy] = element[atom];
                rest.charge[copy] = charge[atom];
                rest.isotope[copy] = isotope[atom];
                rest.map[copy] = map[atom];
                rest.hydrogens[copy] = hydrogens[atom];
                rest.chirality[copy] = chirality[atom];
                rest.complete[copy] = complete[atom];
                rest.aromatic[copy] = aromatic[atom];
            }
        }
        for (int bond = 0; bond < bonds; bond++) {
            bondPlace[bond] = HYDROGEN;
            if (!removed[begin[bond]] && !removed[end[bond]]) {
                bondPlace[bond] = rest.addBond(place[begin[bond]], place[end[bond]], type[bond], direction[bond]);
                rest.chain[bondPlace[bond]] = chain[bond];
            }
        }
        for (int atom = 0; atom < atoms; atom++) {
            for (int k = 0; !removed[atom] && k < degree[atom]; k++) {
                int bond = written[atom][k];
                int kept = bond < 0 ? HYDROGEN : bondPlace[bond];
                rest.write(place[atom], kept);
                rest.hydrogens[place[atom]] += bond >= 0 && kept < 0 ? 1 : 0;
                if (bond >= 0 && kept < 0 && direction[bond] != 0) {
                    rest.turn(atom, bond, this, bondPlace);
                }
            }
        }
        return rest;
    }

    /** Gives the direction of a bond to a removed atom, turned round, to the other neighbour at that end. */
    private void turn(int atom, int lost, Sketch old, int[] bondPlace) {
        int seen = old.begin[lost] == atom ? old.direction[lost] : -old.direction[lost];
        List<Integer> free = new ArrayList<>();
        for (int bond : old.bondsAt(atom)) {
            if (bondPlace[bond] >= 0 && old.type[bond] == SINGLE) {
                if (old.direction[bond] != 0) {
                    return;
                }
                free.add(bond);
            }
        }
        if (!free.isEmpty()) {
            int bond = free.get(free.size() - 1);
            direction[bondPlace[bond]] = old.begin[bond] == atom ? -seen : seen;
        }
    }
}

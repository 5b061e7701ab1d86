package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Sketch;

/**
 * How many bonds an atom may have and how many hydrogens it is given, as RDKit 2026.9 has it (Code/GraphMol/Atom.cpp): a charged atom
 * has the valences of the element with as many electrons, but for P, S, As and Se, whose anions keep their own.
 */
final class ValenceModel {
    /** What an atom has that breaks the rules. */
    static final int BROKEN = -2;

    private ValenceModel() {}

    /** Sets the valence and the hydrogens of every atom, whether they keep to the rules or not. */
    static void update(Sketch sketch) {
        for (int atom = 0; atom < sketch.atoms; atom++) {
            update(sketch, atom);
        }
    }

    static void update(Sketch sketch, int atom) {
        sketch.explicitValence[atom] = explicit(sketch, atom, false);
        sketch.implicit[atom] = implicit(sketch, atom, false);
    }

    /** The same, and whether every atom keeps to the rules. */
    static boolean holds(Sketch sketch) {
        for (int atom = 0; atom < sketch.atoms; atom++) {
            sketch.explicitValence[atom] = explicit(sketch, atom, true);
            if (sketch.explicitValence[atom] == BROKEN) {
                return false;
            }
            sketch.implicit[atom] = implicit(sketch, atom, true);
            if (sketch.implicit[atom] == BROKEN) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether every atom keeps to the rules once its ring is known to be aromatic; hydrogens that an aromatic atom would then not be given
     * stay on it.
     *
     * @param aromatic for every bond
     * @param lowerCase atoms that were written as aromatic
     */
    static boolean settles(Sketch sketch, boolean[] aromatic, boolean[] lowerCase) {
        int[] types = sketch.type.clone();
        boolean[] touched = lowerCase.clone();
        for (int bond = 0; bond < sketch.bonds; bond++) {
            if (aromatic[bond]) {
                sketch.type[bond] = Sketch.AROMATIC;
                touched[sketch.begin[bond]] = true;
                touched[sketch.end[bond]] = true;
            }
        }
        for (int atom = 0; atom < sketch.atoms; atom++) {
            if (touched[atom]) {
                int before = sketch.implicit[atom];
                sketch.explicitValence[atom] = explicit(sketch, atom, false);
                int after = implicit(sketch, atom, false);
                sketch.hydrogens[atom] += Math.max(0, before - after);
            }
        }
        boolean holds = holds(sketch);
        sketch.type = types;
        return holds;
    }

    /** The element whose valences an atom has. */
    private static int effective(int element, int charge) {
        int[] own = Elements.valences(element);
        boolean any = own.length == 1 && own[0] == -1;
        return any ? element : Math.max(0, Math.min(Elements.LARGEST, element - charge));
    }

    private static boolean hypervalent(int element, int effective) {
        return (effective > Elements.S && (element == Elements.P || element == Elements.S))
                || (effective > Elements.SE && (element == Elements.AS || element == Elements.SE));
    }

    /** The sum of an atom's bonds and written hydrogens; aromatic ones rounded to what they can be drawn as. */
    static int explicit(Sketch sketch, int atom, boolean strict) {
        int element = sketch.element[atom];
        int charge = sketch.charge[atom];
        int effective = effective(element, charge);
        int[] own = Elements.valences(element);
        int[] allowed = Elements.valences(effective);
        int usual = allowed[0];
        int twice = sketch.twiceValence(atom) + 2 * sketch.hydrogens[atom];
        if (usual >= 0 && twice > 2 * usual && sketch.aromaticAt(atom)) {
            int nearest = usual;
            for (int valence : allowed) {
                if (valence == -1 || 2 * valence > twice) {
                    break;
                }
                nearest = valence;
            }
            if (twice - 2 * nearest <= 3) {
                twice = 2 * nearest;
            }
        }
        int sum = (twice + 1) / 2;
        if (strict) {
            int most = allowed[allowed.length - 1];
            int shifted = sum;
            if (hypervalent(element, effective)) {
                most = own[own.length - 1];
                shifted -= charge;
            }
            if (element == Elements.H && charge == -1) {
                most = 2;
            }
            if (most >= 0 && own[own.length - 1] >= 0 && shifted > most) {
                return BROKEN;
            }
        }
        return sum;
    }

    /** The hydrogens that an atom outside of brackets is given. */
    static int implicit(Sketch sketch, int atom, boolean strict) {
        int element = sketch.element[atom];
        if (sketch.complete[atom] || element == 0) {
            return 0;
        }
        int charge = sketch.charge[atom];
        int valence = sketch.explicitValence[atom];
        int radicals = sketch.radicals[atom];
        if (valence == 0 && radicals == 0 && element == Elements.H) {
            return charge == 0 ? 1 : Math.abs(charge) == 1 || !strict ? 0 : BROKEN;
        }
        int[] own = Elements.valences(element);
        int effective = effective(element, charge);
        int usual = Elements.valence(effective);
        if (effective == 0 || usual == -1) {
            return 0;
        }
        int used = valence + radicals;
        if (hypervalent(element, effective)) {
            effective = element;
            used -= charge;
        }
        int[] allowed = Elements.valences(effective);
        if (sketch.aromaticAt(atom)) {
            return used <= usual ? usual - used : !strict || has(allowed, used) ? 0 : BROKEN;
        }
        for (int valenceOf : allowed) {
            if (valenceOf < 0) {
                break;
            }
            if (used <= valenceOf) {
                return valenceOf - used;
            }
        }
        return strict && allowed[allowed.length - 1] != -1 && own[own.length - 1] > 0 ? BROKEN : 0;
    }

    private static boolean has(int[] values, int value) {
        for (int candidate : values) {
            if (candidate <= 0) {
                return false;
            }
            if (candidate == value) {
                return true;
            }
        }
        return false;
    }

    /** Unpaired electrons of atoms whose hydrogens are all written, as the octet rule counts them. */
    static int radicals(Sketch sketch, int atom) {
        int element = sketch.element[atom];
        if (!sketch.complete[atom] || element == 0) {
            return 0;
        }
        int[] allowed = Elements.valences(element);
        int charge = sketch.charge[atom];
        int outer = Elements.outerElectrons(element);
        if (allowed.length == 1 && allowed[0] == -1) {
            return sketch.neighbours(atom) > 0 ? 0 : Math.max(0, outer - charge) % 2;
        }
        int total = (sketch.twiceValence(atom) + 2 * sketch.hydrogens[atom]) / 2;
        int lacking = (element <= 2 ? 2 : 8) - outer - total + charge;
        if (lacking < 0) {
            lacking = 0;
            for (int valence : allowed) {
                if (allowed.length > 1 && valence - total + charge >= 0) {
                    lacking = valence - total + charge;
                    break;
                }
            }
        }
        int unused = outer - total - charge;
        return unused >= 0 ? Math.min(lacking, unused) : lacking;
    }
}

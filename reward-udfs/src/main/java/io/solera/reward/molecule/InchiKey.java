package io.solera.reward.molecule;

import io.github.dan2097.jnainchi.InchiAtom;
import io.github.dan2097.jnainchi.InchiBond;
import io.github.dan2097.jnainchi.InchiBondType;
import io.github.dan2097.jnainchi.InchiInput;
import io.github.dan2097.jnainchi.InchiStereo;
import io.github.dan2097.jnainchi.InchiStereoParity;
import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Stereo;
import java.util.Optional;

/**
 * The standard InChIKey of a molecule (S. Heller et al., J. Cheminform. 7, 23, 2015), from the InChI Trust's own library. The library
 * gets the molecule as rewards read it, stereo included: a Kekulé structure with all hydrogens counted. Molecules that it has no key
 * for, and those beyond what its native code counts in a byte, have none.
 */
public final class InchiKey {
    /** Neighbours of an atom that the library has room for. */
    private static final int NEIGHBOURS = 20;

    private static final int CHARGE = 20;
    /** How far from the element's usual mass an isotope may be. */
    private static final int MASS_SHIFT = 100;

    private InchiKey() {}

    /** Empty where there is none: with unknown atoms, dative, unspecified or quadruple bonds, or out of bounds. */
    public static Optional<String> of(Molecule molecule) {
        return bounded(molecule.graph) ? InchiLibrary.inchi(input(molecule)).map(InchiHash::key) : Optional.empty();
    }

    private static boolean bounded(Graph graph) {
        for (int atom = 0; atom < graph.atoms; atom++) {
            int shift = graph.isotope[atom] == 0 ? 0 : graph.isotope[atom] - usualMass(graph.element[atom]);
            if (graph.element[atom] == 0
                    || graph.connections(atom) > NEIGHBOURS
                    || Math.abs(graph.charge[atom]) > CHARGE
                    || Math.abs(shift) > MASS_SHIFT) {
                return false;
            }
        }
        for (int bond = 0; bond < graph.bonds; bond++) {
            if (graph.order[bond] < 1 || graph.order[bond] > 3) {
                return false;
            }
        }
        return true;
    }

    private static int usualMass(int element) {
        return (int) Math.rint(Elements.weight(element));
    }

    private static InchiInput input(Molecule molecule) {
        Graph graph = molecule.graph;
        int[] charge = graph.charge.clone();
        int[] order = graph.order.clone();
        for (int atom = 0; atom < graph.atoms; atom++) {
            neutralise(graph, atom, charge, order);
        }
        InchiInput input = new InchiInput();
        for (int atom = 0; atom < graph.atoms; atom++) {
            InchiAtom copy = new InchiAtom(Elements.symbol(graph.element[atom]));
            copy.setCharge(charge[atom]);
            copy.setImplicitHydrogen(graph.implicit[atom]);
            copy.setIsotopicMass(graph.isotope[atom]);
            input.addAtom(copy);
        }
        for (int bond = 0; bond < graph.bonds; bond++) {
            input.addBond(new InchiBond(
                    input.getAtom(graph.begin[bond]), input.getAtom(graph.end[bond]), InchiBondType.of((byte)
                            order[bond])));
        }
        for (Stereo.Centre centre : molecule.stereo.centres()) {
            InchiAtom[] ligands = new InchiAtom[centre.ligands().length];
            for (int k = 0; k < ligands.length; k++) {
                int ligand = centre.ligands()[k];
                ligands[k] = ligand == centre.atom() ? InchiStereo.STEREO_IMPLICIT_H : input.getAtom(ligand);
            }
            input.addStereo(InchiStereo.createTetrahedralStereo(
                    input.getAtom(centre.atom()),
                    ligands[0],
                    ligands[1],
                    ligands[2],
                    ligands[3],
                    centre.clockwise() ? InchiStereoParity.EVEN : InchiStereoParity.ODD));
        }
        for (Stereo.DoubleBond element : molecule.stereo.doubleBonds()) {
            input.addStereo(InchiStereo.createDoubleBondStereo(
                    input.getAtom(element.first()),
                    input.getAtom(graph.begin[element.bond()]),
                    input.getAtom(graph.end[element.bond()]),
                    input.getAtom(element.second()),
                    element.together() ? InchiStereoParity.ODD : InchiStereoParity.EVEN));
        }
        return input;
    }

    /** Reading makes [O-][Cl+3]([O-])([O-])O of OCl(=O)(=O)=O, and so for all halogens; keys are of the latter. */
    private static void neutralise(Graph graph, int atom, int[] charge, int[] order) {
        int element = graph.element[atom];
        if (element != Elements.CL && element != Elements.BR && element != Elements.I) {
            return;
        }
        for (int k = 0; k < graph.degree(atom) && charge[atom] > 0; k++) {
            int other = graph.neighbours[atom][k];
            int bond = graph.bondsAt[atom][k];
            if (graph.element[other] == Elements.O && charge[other] == -1 && order[bond] == 1) {
                order[bond] = 2;
                charge[other] = 0;
                charge[atom]--;
            }
        }
    }
}

package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;

/** Rules of thumb for drugs that are taken by mouth, as the number of their conditions that a molecule breaks. */
public final class DrugRules {
    private DrugRules() {}

    /**
     * The rule of five: weight above 500, logP above 5, more than 5 hydrogens on nitrogen and oxygen, more than 10 nitrogens and oxygens
     * (C. A. Lipinski et al., Adv. Drug Deliv. Rev. 23, 3, 1997). One violation is usual among drugs. The paper's logP is CLOGP or
     * MLOGP, here it is that of Wildman and Crippen.
     */
    public static int lipinski(Molecule molecule) {
        Graph graph = molecule.graph;
        int polar = 0;
        int hydrogens = 0;
        for (int atom = 0; atom < graph.atoms; atom++) {
            if (graph.element[atom] == Elements.N || graph.element[atom] == Elements.O) {
                polar++;
                hydrogens += graph.hydrogens(atom);
            }
        }
        return (Descriptors.weight(molecule) > 500 ? 1 : 0)
                + (Descriptors.logP(molecule) > 5 ? 1 : 0)
                + (hydrogens > 5 ? 1 : 0)
                + (polar > 10 ? 1 : 0);
    }

    /** More than 10 rotatable bonds, a polar surface above 140 square angstrom (D. F. Veber et al., J. Med. Chem. 45, 2615, 2002). */
    public static int veber(Molecule molecule) {
        return (Descriptors.rotors(molecule) > 10 ? 1 : 0) + (Descriptors.polarSurface(molecule) > 140 ? 1 : 0);
    }
}

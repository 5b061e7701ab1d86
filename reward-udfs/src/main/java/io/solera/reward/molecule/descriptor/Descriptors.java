package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smarts.Smarts;

/** Counts and sums over a molecule, as defined by RDKit. */
public final class Descriptors {
    private static final Smarts DONOR =
            Smarts.of("[$([N;!H0;v3]),$([N;!H0;+1;v4]),$([O;H1;+0]),$([S;H1;+0]),$([n;H1;+0])]");
    /** Those of RDKit's CalcNumHBA 2.0.2, which does not count substituted aromatic nitrogen. */
    private static final Smarts ACCEPTOR = Smarts.of("[$([O,S;H1;v2]-[!$(*=[O,N,P,S])]),$([O,S;H0;v2]),$([O,S;-]),"
            + "$([N;v3;!$(N-*=!@[O,N,P,S])]),$([nH0X2,o,s;+0])]");

    private Descriptors() {}

    /** The molecular weight in dalton; an explicit isotope has its own mass. */
    public static double weight(Molecule molecule) {
        Graph graph = molecule.graph;
        double[] terms = new double[graph.atoms + 1];
        int hydrogens = 0;
        for (int atom = 0; atom < graph.atoms; atom++) {
            terms[atom] = Elements.mass(graph.element[atom], graph.isotope[atom]);
            hydrogens += graph.implicit[atom];
        }
        terms[graph.atoms] = hydrogens * Elements.weight(Elements.H);
        return Sums.ordered(terms);
    }

    public static double logP(Molecule molecule) {
        return Crippen.logP(molecule);
    }

    public static double polarSurface(Molecule molecule) {
        return PolarSurface.area(molecule);
    }

    /** Atoms other than hydrogen and the unknown {@code *}. */
    public static int heavyAtoms(Molecule molecule) {
        int count = 0;
        for (int z : molecule.graph.element) {
            count += z > Elements.H ? 1 : 0;
        }
        return count;
    }

    /** Carbon atoms with four neighbours, over all carbon atoms; 0 without any. */
    public static double fractionCsp3(Molecule molecule) {
        Graph graph = molecule.graph;
        int carbons = 0;
        int saturated = 0;
        for (int atom = 0; atom < graph.atoms; atom++) {
            if (graph.element[atom] == Elements.C) {
                carbons++;
                saturated += graph.connections(atom) == 4 ? 1 : 0;
            }
        }
        return carbons == 0 ? 0 : (double) saturated / carbons;
    }

    public static int donors(Molecule molecule) {
        return DONOR.count(molecule);
    }

    public static int acceptors(Molecule molecule) {
        return ACCEPTOR.count(molecule);
    }

    /** Rotatable bonds in RDKit's strict sense. */
    public static int rotors(Molecule molecule) {
        return Rotors.count(molecule);
    }

    public static int aromaticRings(Molecule molecule) {
        int count = 0;
        for (int[] ring : molecule.rings.bonds) {
            boolean aromatic = true;
            for (int bond : ring) {
                aromatic &= molecule.aromaticBond[bond];
            }
            count += aromatic ? 1 : 0;
        }
        return count;
    }

    /** Rings with at least one bond that is not aromatic. */
    public static int aliphaticRings(Molecule molecule) {
        return molecule.rings() - aromaticRings(molecule);
    }

    /** The atoms of the largest ring, 0 without one. */
    public static int largestRing(Molecule molecule) {
        int largest = 0;
        for (int[] ring : molecule.rings.atoms) {
            largest = Math.max(largest, ring.length);
        }
        return largest;
    }

    public static int formalCharge(Molecule molecule) {
        int sum = 0;
        for (int charge : molecule.graph.charge) {
            sum += charge;
        }
        return sum;
    }
}

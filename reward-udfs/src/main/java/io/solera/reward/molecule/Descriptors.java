package io.solera.reward.molecule;

/** Counts and sums over a molecule, under the definitions that RDKit gave them. */
public final class Descriptors {
    private static final Smarts DONOR =
            Smarts.of("[$([N;!H0;v3]),$([N;!H0;+1;v4]),$([O;H1;+0]),$([S;H1;+0]),$([n;H1;+0])]");
    private static final Smarts ACCEPTOR = Smarts.of("[$([O,S;H1;v2]-[!$(*=[O,N,P,S])]),$([O,S;H0;v2]),$([O,S;-]),"
            + "$([N;v3;!$(N-*=!@[O,N,P,S])]),$([nH0,o,s;+0])]");
    /** An end of a bond that turns: no terminal atom, no linear group, no trihalomethyl or tert-butyl. */
    private static final String ROTOR_END =
            "!$(*#*)&!D1&!$(C(F)(F)F)&!$(C(Cl)(Cl)Cl)&!$(C(Br)(Br)Br)" + "&!$(C([CH3])([CH3])[CH3])";

    private static final Smarts EITHER_ROTOR_END = Smarts.of("[" + ROTOR_END + "]");
    /** The other end is no side of an amide, ester, amidine or the like either. */
    private static final Smarts FREE_ROTOR_END =
            Smarts.of("[" + ROTOR_END + "&!$([CD3](=[N,O,S])-!@[#7,O,S!D1])&!$([#7,O,S!D1]-!@[CD3]=[N,O,S])"
                    + "&!$([CD3](=[N+])-!@[#7!D1])&!$([#7!D1]-!@[CD3]=[N+])]");

    private Descriptors() {}

    /** The molecular weight in dalton; a written isotope has its own mass. */
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

    public static int donors(Molecule molecule) {
        return DONOR.count(molecule);
    }

    public static int acceptors(Molecule molecule) {
        return ACCEPTOR.count(molecule);
    }

    /** Rotatable bonds in RDKit's strict sense. */
    public static int rotors(Molecule molecule) {
        Graph graph = molecule.graph;
        int count = 0;
        for (int bond = 0; bond < graph.bonds; bond++) {
            int a = graph.begin[bond];
            int b = graph.end[bond];
            if (graph.order[bond] == 1
                    && molecule.rings.atBond[bond] == 0
                    && EITHER_ROTOR_END.at(molecule, a)
                    && EITHER_ROTOR_END.at(molecule, b)
                    && (FREE_ROTOR_END.at(molecule, a) || FREE_ROTOR_END.at(molecule, b))) {
                count++;
            }
        }
        return count;
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

    /** Atoms that could be stereo centres, marked or not. */
    public static int stereoCentres(Molecule molecule) {
        return StereoCentres.count(molecule);
    }

    /** Atoms that two rings share without sharing a bond. */
    public static int spiroAtoms(Molecule molecule) {
        return RingFusion.spiroAtoms(molecule);
    }

    /** Atoms where two rings that share several bonds part. */
    public static int bridgeheads(Molecule molecule) {
        return RingFusion.bridgeheads(molecule);
    }

    /** How many of QED's structural alerts a molecule raises. */
    public static int alerts(Molecule molecule) {
        return Qed.alerts(molecule);
    }
}

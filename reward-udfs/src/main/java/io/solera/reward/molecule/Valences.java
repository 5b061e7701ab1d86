package io.solera.reward.molecule;

import java.util.BitSet;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;

/**
 * The chemist's check of a parsed string: hypervalent nitrogen and halogen oxides are rewritten with charges, then no atom may
 * have more bonds than its element allows.
 */
final class Valences {
    private Valences() {}

    /** Rewrites the groups that have a usual charged form, and says whether every atom's valence holds. */
    static boolean settle(IAtomContainer container, BitSet bracketed) {
        for (IAtom atom : container.atoms()) {
            int z = atom.getAtomicNumber();
            if (atom.getFormalCharge() != 0) {
                continue;
            }
            if (z == Elements.N) {
                if (!bracketed.get(atom.getIndex()) && atom.getImplicitHydrogenCount() > 0 && bonds(atom) > 3) {
                    return false;
                }
                settleNitrogen(atom);
            } else if (z == Elements.P) {
                settlePhosphorus(atom);
            } else if (z == Elements.CL || z == Elements.BR || z == Elements.I) {
                settleHalogen(atom);
            }
        }
        for (IAtom atom : container.atoms()) {
            int valence = bonds(atom) + atom.getImplicitHydrogenCount();
            if (!Elements.allows(atom.getAtomicNumber(), valence, atom.getFormalCharge())) {
                return false;
            }
        }
        return true;
    }

    private static void settleNitrogen(IAtom atom) {
        if (bonds(atom) + atom.getImplicitHydrogenCount() != 5) {
            return;
        }
        for (IBond bond : atom.bonds()) {
            IAtom other = bond.getOther(atom);
            boolean oxide = other.getAtomicNumber() == Elements.O && bond.getOrder() == IBond.Order.DOUBLE;
            boolean diazo = other.getAtomicNumber() == Elements.N && bond.getOrder() == IBond.Order.TRIPLE;
            if (other.getFormalCharge() == 0 && (oxide || diazo)) {
                bond.setOrder(oxide ? IBond.Order.SINGLE : IBond.Order.DOUBLE);
                charge(atom, other);
                return;
            }
        }
    }

    /** C=P(=O)R becomes C=[P+]([O-])R. */
    private static void settlePhosphorus(IAtom atom) {
        if (bonds(atom) != 5 || atom.getBondCount() != 3 || atom.getImplicitHydrogenCount() != 0) {
            return;
        }
        IBond oxide = null;
        boolean ylide = false;
        for (IBond bond : atom.bonds()) {
            int z = bond.getOther(atom).getAtomicNumber();
            if (bond.getOrder() == IBond.Order.DOUBLE) {
                if (z == Elements.O && bond.getOther(atom).getFormalCharge() == 0) {
                    oxide = bond;
                }
                ylide |= z == Elements.C || z == Elements.N;
            }
        }
        if (oxide != null && ylide) {
            oxide.setOrder(IBond.Order.SINGLE);
            charge(atom, oxide.getOther(atom));
        }
    }

    private static void settleHalogen(IAtom atom) {
        int bonds = bonds(atom);
        if (bonds != 3 && bonds != 5 && bonds != 7) {
            return;
        }
        for (IBond bond : atom.bonds()) {
            if (bond.getOther(atom).getAtomicNumber() != Elements.O) {
                return;
            }
        }
        for (IBond bond : atom.bonds()) {
            if (bond.getOrder() == IBond.Order.DOUBLE) {
                bond.setOrder(IBond.Order.SINGLE);
                charge(atom, bond.getOther(atom));
            }
        }
    }

    private static void charge(IAtom positive, IAtom negative) {
        positive.setFormalCharge(positive.getFormalCharge() + 1);
        negative.setFormalCharge(negative.getFormalCharge() - 1);
    }

    private static int bonds(IAtom atom) {
        int sum = 0;
        for (IBond bond : atom.bonds()) {
            sum += bond.getOrder().numeric();
        }
        return sum;
    }
}

package io.solera.reward.molecule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.interfaces.IDoubleBondStereochemistry;
import org.openscience.cdk.interfaces.IDoubleBondStereochemistry.Conformation;
import org.openscience.cdk.interfaces.IStereoElement;
import org.openscience.cdk.smiles.SmiFlavor;
import org.openscience.cdk.smiles.SmilesGenerator;
import org.openscience.cdk.stereo.DoubleBondStereochemistry;
import org.openscience.cdk.stereo.ExtendedTetrahedral;

/**
 * Writes a molecule's atoms in an order that does not depend on how it was read, aromatic atoms in lower case, stereo included but for
 * the turn of allenes, which the writer cannot keep in every order of atoms.
 */
final class CanonicalSmiles {
    private static final SmilesGenerator GENERATOR =
            new SmilesGenerator(SmiFlavor.Stereo | SmiFlavor.AtomicMass | SmiFlavor.UseAromaticSymbols);

    private CanonicalSmiles() {}

    static String write(IAtomContainer container, Graph graph, boolean[] aromatic, long[] labels) {
        for (IAtom atom : container.atoms()) {
            atom.setIsAromatic(false);
        }
        for (int bond = 0; bond < graph.bonds; bond++) {
            IBond target = container.getBond(bond);
            target.setIsAromatic(aromatic[bond]);
            if (aromatic[bond]) {
                target.getBegin().setIsAromatic(true);
                target.getEnd().setIsAromatic(true);
            }
        }
        Integer[] order = new Integer[graph.atoms];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.<Integer>comparingInt(graph::degree).thenComparingLong(i -> labels[i]));
        int[] rank = new int[graph.atoms];
        IAtom[] atoms = new IAtom[graph.atoms];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
            atoms[i] = container.getAtom(order[i]);
        }
        Integer[] bondOrder = new Integer[graph.bonds];
        Arrays.setAll(bondOrder, i -> i);
        Arrays.sort(
                bondOrder,
                Comparator.<Integer>comparingInt(b -> Math.min(rank[graph.begin[b]], rank[graph.end[b]]))
                        .thenComparingInt(b -> Math.max(rank[graph.begin[b]], rank[graph.end[b]])));
        IBond[] bonds = new IBond[graph.bonds];
        for (int i = 0; i < bonds.length; i++) {
            bonds[i] = container.getBond(bondOrder[i]);
            IAtom a = bonds[i].getBegin();
            IAtom b = bonds[i].getEnd();
            if (rank[a.getIndex()] > rank[b.getIndex()]) {
                bonds[i].setAtoms(new IAtom[] {b, a});
            }
        }
        container.setAtoms(atoms);
        container.setBonds(bonds);
        container.setStereoElements(inOrder(container));
        try {
            return GENERATOR.create(container);
        } catch (CDKException e) {
            throw new IllegalStateException("Cannot write a molecule: " + e.getMessage(), e);
        }
    }

    /** Stereo elements in the order of their atoms; those of double bonds refer to the first neighbour at either end. */
    @SuppressWarnings("rawtypes") // as CDK declares it
    private static List<IStereoElement> inOrder(IAtomContainer container) {
        List<IStereoElement> centres = new ArrayList<>();
        List<IDoubleBondStereochemistry> doubleBonds = new ArrayList<>();
        for (IStereoElement element : container.stereoElements()) {
            if (element instanceof IDoubleBondStereochemistry doubleBond) {
                doubleBonds.add(towardsFirst(doubleBond));
            } else if (!(element instanceof ExtendedTetrahedral)) {
                centres.add(element);
            }
        }
        doubleBonds.sort(
                Comparator.comparingInt(element -> element.getStereoBond().getIndex()));
        centres.addAll(doubleBonds);
        return centres;
    }

    private static IDoubleBondStereochemistry towardsFirst(IDoubleBondStereochemistry element) {
        IBond bond = element.getStereoBond();
        IBond[] carriers = new IBond[2];
        boolean together = element.getStereo() == Conformation.TOGETHER;
        for (int side = 0; side < 2; side++) {
            IAtom atom = side == 0 ? bond.getBegin() : bond.getEnd();
            for (IBond candidate : atom.bonds()) {
                if (!candidate.equals(bond)
                        && (carriers[side] == null || candidate.getIndex() < carriers[side].getIndex())) {
                    carriers[side] = candidate;
                }
            }
            together ^= !carriers[side].equals(element.getBonds()[0]) && !carriers[side].equals(element.getBonds()[1]);
        }
        return new DoubleBondStereochemistry(bond, carriers, together ? Conformation.TOGETHER : Conformation.OPPOSITE);
    }
}

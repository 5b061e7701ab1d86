package io.solera.reward.molecule;

import java.util.Arrays;
import java.util.Comparator;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.smiles.SmiFlavor;
import org.openscience.cdk.smiles.SmilesGenerator;

/** Writes a molecule's atoms in an order that does not depend on how it was read, aromatic atoms in lower case, stereo included. */
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
        Arrays.setAll(bonds, i -> container.getBond(bondOrder[i]));
        container.setAtoms(atoms);
        container.setBonds(bonds);
        try {
            return GENERATOR.create(container);
        } catch (CDKException e) {
            throw new IllegalStateException("Cannot write a molecule: " + e.getMessage(), e);
        }
    }
}

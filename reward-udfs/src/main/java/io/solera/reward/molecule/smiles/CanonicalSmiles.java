package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Stereo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.interfaces.IDoubleBondStereochemistry.Conformation;
import org.openscience.cdk.interfaces.IStereoElement;
import org.openscience.cdk.interfaces.ITetrahedralChirality;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmiFlavor;
import org.openscience.cdk.smiles.SmilesGenerator;
import org.openscience.cdk.stereo.DoubleBondStereochemistry;
import org.openscience.cdk.stereo.TetrahedralChirality;

/**
 * Writes a molecule's atoms in an order that does not depend on how it was read, aromatic atoms in lower case, stereo of atoms with four
 * neighbours and of double bonds included.
 */
final class CanonicalSmiles {
    private static final SmilesGenerator GENERATOR =
            new SmilesGenerator(SmiFlavor.Stereo | SmiFlavor.AtomicMass | SmiFlavor.UseAromaticSymbols);

    private final Graph graph;
    private final boolean[] aromatic;
    private final Stereo stereo;
    /** The place of each atom and bond in what is written. */
    private final int[] rank;

    private final int[] bondRank;
    private final IAtomContainer container =
            SilentChemObjectBuilder.getInstance().newAtomContainer();

    private CanonicalSmiles(Graph graph, boolean[] aromatic, Stereo stereo) {
        this.graph = graph;
        this.aromatic = aromatic;
        this.stereo = stereo;
        this.rank = new int[graph.atoms];
        this.bondRank = new int[graph.bonds];
    }

    static String write(Graph graph, boolean[] aromatic, Stereo stereo, long[] labels) {
        return new CanonicalSmiles(graph, aromatic, stereo).write(labels);
    }

    private String write(long[] labels) {
        Integer[] order = new Integer[graph.atoms];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.<Integer>comparingInt(graph::degree).thenComparingLong(i -> labels[i]));
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
            container.addAtom(CdkMolecule.atom(graph, order[i]));
        }
        Integer[] bonds = new Integer[graph.bonds];
        Arrays.setAll(bonds, i -> i);
        Arrays.sort(
                bonds,
                Comparator.<Integer>comparingInt(b -> Math.min(rank[graph.begin[b]], rank[graph.end[b]]))
                        .thenComparingInt(b -> Math.max(rank[graph.begin[b]], rank[graph.end[b]])));
        for (int i = 0; i < bonds.length; i++) {
            int bond = bonds[i];
            bondRank[bond] = i;
            int a = rank[graph.begin[bond]];
            int b = rank[graph.end[bond]];
            container.addBond(Math.min(a, b), Math.max(a, b), CdkMolecule.order(graph, bond));
            if (aromatic[bond]) {
                container.getBond(i).setIsAromatic(true);
                container.getAtom(a).setIsAromatic(true);
                container.getAtom(b).setIsAromatic(true);
            }
        }
        container.setStereoElements(elements());
        try {
            return text(order);
        } catch (CDKException | IllegalArgumentException e) {
            // the CDK writes no such aromatic element, magnesium for one: single and double bonds then
            container.atoms().forEach(atom -> atom.setIsAromatic(false));
            container.bonds().forEach(bond -> bond.setIsAromatic(false));
            try {
                return text(order);
            } catch (CDKException again) {
                throw new IllegalStateException("Cannot write a molecule: " + again.getMessage(), again);
            }
        }
    }

    private String text(Integer[] order) throws CDKException {
        int[] places = new int[graph.atoms];
        return CdkMolecule.corrected(GENERATOR.create(container, places), graph, order, places);
    }

    /** Stereo elements in the order of their atoms; those of double bonds refer to the first neighbour at either end. */
    @SuppressWarnings("rawtypes") // as CDK declares it
    private List<IStereoElement> elements() {
        List<IStereoElement> elements = new ArrayList<>();
        for (Stereo.Centre centre : stereo.centres()) {
            IAtom[] ligands = Arrays.stream(centre.ligands())
                    .mapToObj(ligand -> container.getAtom(rank[ligand]))
                    .toArray(IAtom[]::new);
            elements.add(new TetrahedralChirality(
                    container.getAtom(rank[centre.atom()]),
                    ligands,
                    centre.clockwise()
                            ? ITetrahedralChirality.Stereo.CLOCKWISE
                            : ITetrahedralChirality.Stereo.ANTI_CLOCKWISE));
        }
        stereo.doubleBonds().stream()
                .sorted(Comparator.comparingInt(element -> bondRank[element.bond()]))
                .forEach(element -> elements.add(towardsFirst(element)));
        return elements;
    }

    private DoubleBondStereochemistry towardsFirst(Stereo.DoubleBond element) {
        IBond bond = container.getBond(bondRank[element.bond()]);
        IBond[] carriers = new IBond[2];
        boolean together = element.together();
        for (int side = 0; side < 2; side++) {
            IAtom atom = side == 0 ? bond.getBegin() : bond.getEnd();
            for (IBond candidate : atom.bonds()) {
                if (!candidate.equals(bond)
                        && (carriers[side] == null || candidate.getIndex() < carriers[side].getIndex())) {
                    carriers[side] = candidate;
                }
            }
            int neighbour = carriers[side].getOther(atom).getIndex();
            together ^= neighbour != rank[element.first()] && neighbour != rank[element.second()];
        }
        return new DoubleBondStereochemistry(bond, carriers, together ? Conformation.TOGETHER : Conformation.OPPOSITE);
    }
}

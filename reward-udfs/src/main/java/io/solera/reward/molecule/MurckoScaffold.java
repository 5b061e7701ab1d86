package io.solera.reward.molecule;

import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.CdkMolecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.ArrayDeque;
import java.util.Deque;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmiFlavor;
import org.openscience.cdk.smiles.SmilesGenerator;

/**
 * The framework of a molecule: its rings, the chains between them, and atoms double-bonded to either (G. Bemis and M. Murcko, J. Med.
 * Chem. 39, 2887, 1996, with the double bonds as RDKit's MurckoScaffold keeps them). Stereo is left out.
 */
public final class MurckoScaffold {
    private MurckoScaffold() {}

    /** Its canonical SMILES; empty for a molecule without rings. */
    public static String of(Molecule molecule) {
        if (molecule.rings() == 0) {
            return "";
        }
        Graph graph = molecule.graph;
        String smiles = write(graph, kept(graph));
        return Molecules.canonicalSmiles(smiles).orElse(smiles);
    }

    private static boolean[] kept(Graph graph) {
        boolean[] kept = new boolean[graph.atoms];
        int[] degree = new int[graph.atoms];
        Deque<Integer> ends = new ArrayDeque<>();
        for (int atom = 0; atom < graph.atoms; atom++) {
            kept[atom] = true;
            degree[atom] = graph.degree(atom);
            if (degree[atom] <= 1) {
                ends.add(atom);
            }
        }
        while (!ends.isEmpty()) {
            int atom = ends.remove();
            kept[atom] = false;
            for (int neighbour : graph.neighbours[atom]) {
                if (kept[neighbour] && --degree[neighbour] == 1) {
                    ends.add(neighbour);
                }
            }
        }
        boolean[] framework = kept.clone();
        for (int bond = 0; bond < graph.bonds; bond++) {
            if (graph.order[bond] == 2 && (framework[graph.begin[bond]] || framework[graph.end[bond]])) {
                kept[graph.begin[bond]] = true;
                kept[graph.end[bond]] = true;
            }
        }
        return kept;
    }

    /** A bond that is cut becomes hydrogens. */
    private static String write(Graph graph, boolean[] kept) {
        IAtomContainer container = SilentChemObjectBuilder.getInstance().newAtomContainer();
        int[] place = new int[graph.atoms];
        for (int atom = 0; atom < graph.atoms; atom++) {
            if (kept[atom]) {
                int hydrogens = graph.implicit[atom];
                for (int k = 0; k < graph.degree(atom); k++) {
                    hydrogens += kept[graph.neighbours[atom][k]] ? 0 : graph.order[graph.bondsAt[atom][k]];
                }
                IAtom copy = CdkMolecule.atom(graph, atom);
                copy.setMassNumber(null);
                copy.setImplicitHydrogenCount(hydrogens);
                place[atom] = container.getAtomCount();
                container.addAtom(copy);
            }
        }
        for (int bond = 0; bond < graph.bonds; bond++) {
            if (kept[graph.begin[bond]] && kept[graph.end[bond]]) {
                container.addBond(place[graph.begin[bond]], place[graph.end[bond]], CdkMolecule.order(graph, bond));
            }
        }
        try {
            return new SmilesGenerator(SmiFlavor.Generic).create(container);
        } catch (CDKException e) {
            throw new IllegalStateException("Cannot write a scaffold: " + e.getMessage(), e);
        }
    }
}

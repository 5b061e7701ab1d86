package io.solera.reward.molecule;

import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmiFlavor;
import org.openscience.cdk.smiles.SmilesGenerator;

/** The {@link MurckoScaffold} with every atom a carbon and every bond single, as RDKit's MakeScaffoldGeneric: its topology alone. */
public final class GenericScaffold {
    private static final int CARBON = 6;
    private static final int VALENCE = 4;

    private GenericScaffold() {}

    /** Its canonical SMILES; empty for a molecule without rings. */
    public static String of(Molecule molecule) {
        String scaffold = MurckoScaffold.of(molecule);
        return Molecules.read(scaffold)
                .optional()
                .map(framework -> generic(framework.graph))
                .orElse(scaffold);
    }

    private static String generic(Graph graph) {
        IAtomContainer container = SilentChemObjectBuilder.getInstance().newAtomContainer();
        for (int atom = 0; atom < graph.atoms; atom++) {
            IAtom carbon = container.getBuilder().newAtom();
            carbon.setAtomicNumber(CARBON);
            carbon.setFormalCharge(0);
            carbon.setImplicitHydrogenCount(Math.max(0, VALENCE - graph.degree(atom)));
            container.addAtom(carbon);
        }
        for (int bond = 0; bond < graph.bonds; bond++) {
            container.addBond(graph.begin[bond], graph.end[bond], IBond.Order.SINGLE);
        }
        try {
            String smiles = new SmilesGenerator(SmiFlavor.Generic).create(container);
            return Molecules.canonicalSmiles(smiles).orElse(smiles); // an atom of five neighbours is no carbon
        } catch (CDKException e) {
            throw new IllegalStateException("Cannot write a scaffold: " + e.getMessage(), e);
        }
    }
}

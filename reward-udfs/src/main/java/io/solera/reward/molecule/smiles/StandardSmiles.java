package io.solera.reward.molecule.smiles;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.graph.ConnectivityChecker;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmiFlavor;
import org.openscience.cdk.smiles.SmilesGenerator;
import org.openscience.cdk.smiles.SmilesParser;

/**
 * The plain form of a molecule that a small policy learns best: the largest fragment, without stereo marks and isotopes, and
 * without charges that come from gained or lost protons. Atoms keep the order of the input, so a table written in one program's
 * canonical order stays in it.
 */
public final class StandardSmiles {
    private static final ThreadLocal<SmilesParser> PARSER =
            ThreadLocal.withInitial(() -> new SmilesParser(SilentChemObjectBuilder.getInstance()));
    private static final ThreadLocal<SmilesGenerator> GENERATOR =
            ThreadLocal.withInitial(() -> new SmilesGenerator(SmiFlavor.UseAromaticSymbols));

    private StandardSmiles() {}

    /** The plain form, or empty where the string is no valid molecule, has bonds that the CDK does not read, or is longer than rewards read. */
    public static Optional<String> of(String text) {
        String smiles = SmilesText.withoutExtension(text.strip());
        if (smiles.length() > MoleculeReader.CHARACTERS || !Molecules.valid(smiles)) {
            return Optional.empty();
        }
        try {
            IAtomContainer molecule = largestFragment(PARSER.get().parseSmiles(smiles));
            molecule.setStereoElements(List.of());
            for (IAtom atom : molecule.atoms()) {
                atom.setMassNumber(null);
                neutralise(atom);
            }
            String standard = GENERATOR.get().create(molecule);
            return standard.isEmpty() ? Optional.empty() : Optional.of(standard);
        } catch (CDKException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static IAtomContainer largestFragment(IAtomContainer molecule) {
        if (ConnectivityChecker.isConnected(molecule)) {
            return molecule;
        }
        return StreamSupport.stream(
                        ConnectivityChecker.partitionIntoMolecules(molecule)
                                .atomContainers()
                                .spliterator(),
                        false)
                .max(Comparator.comparingInt(IAtomContainer::getAtomCount))
                .orElse(molecule);
    }

    /** Takes protons off a cation, and gives them to an anion unless a cation beside it balances it, as in a nitro group. */
    private static void neutralise(IAtom atom) {
        int charge = atom.getFormalCharge();
        int hydrogens = atom.getImplicitHydrogenCount();
        boolean balanced = StreamSupport.stream(atom.bonds().spliterator(), false)
                .anyMatch(bond -> bond.getOther(atom).getFormalCharge() * charge < 0);
        if (charge > 0 && hydrogens >= charge && !balanced) {
            atom.setImplicitHydrogenCount(hydrogens - charge);
            atom.setFormalCharge(0);
        } else if (charge < 0 && !balanced) {
            atom.setImplicitHydrogenCount(hydrogens - charge);
            atom.setFormalCharge(0);
        }
    }
}

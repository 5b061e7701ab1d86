package io.solera.reward.molecule.smiles;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openscience.cdk.aromaticity.Kekulization;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.io.MDLV2000Reader;
import org.openscience.cdk.io.MDLV2000Writer;
import org.openscience.cdk.io.MDLV3000Reader;
import org.openscience.cdk.layout.StructureDiagramGenerator;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmiFlavor;
import org.openscience.cdk.smiles.SmilesGenerator;
import org.openscience.cdk.smiles.SmilesParser;

/** Structures as molfiles have them, of version V2000 or V3000, and as SMILES. */
public final class Molfile {
    private Molfile() {}

    /** The SMILES of a molfile, with stereo from its coordinates, atoms in their order; empty where it cannot be read. */
    public static Optional<String> smiles(String molfile) {
        try {
            IAtomContainer molecule = read(molfile);
            if (molecule == null || molecule.getAtomCount() == 0) {
                return Optional.empty();
            }
            for (IBond bond : molecule.bonds()) {
                if (bond.getOrder() == null || bond.getOrder() == IBond.Order.UNSET) {
                    Kekulization.kekulize(molecule);
                    break;
                }
            }
            return Optional.of(new SmilesGenerator(SmiFlavor.Isomeric).create(molecule));
        } catch (CDKException | IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable IAtomContainer read(String molfile) throws CDKException, IOException {
        IAtomContainer empty = SilentChemObjectBuilder.getInstance().newAtomContainer();
        if (molfile.contains("V3000")) {
            try (MDLV3000Reader reader = new MDLV3000Reader(new StringReader(molfile))) {
                return reader.read(empty);
            }
        }
        try (MDLV2000Reader reader = new MDLV2000Reader(new StringReader(molfile))) {
            return reader.read(empty);
        }
    }

    /** The molfile of a SMILES with coordinates in the plane; one without atoms where it cannot be read. */
    public static String of(String smiles, String name) {
        try {
            return write(laidOut(smiles), name);
        } catch (CDKException | IOException | RuntimeException e) {
            return "%s\n\n\n  0  0  0  0  0  0  0  0  0  0999 V2000\nM  END\n".formatted(name);
        }
    }

    private static IAtomContainer laidOut(String smiles) throws CDKException {
        IAtomContainer molecule = new SmilesParser(SilentChemObjectBuilder.getInstance()).parseSmiles(smiles);
        new StructureDiagramGenerator().generateCoordinates(molecule);
        return molecule;
    }

    private static String write(IAtomContainer molecule, String name) throws CDKException, IOException {
        molecule.setTitle(name);
        StringWriter text = new StringWriter();
        try (MDLV2000Writer writer = new MDLV2000Writer(text)) {
            writer.writeMolecule(molecule);
        } catch (IOException | CDKException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CDKException(String.valueOf(e.getMessage()), e);
        }
        String all = text.toString();
        // the second line has the time of writing, which would make equal tables differ
        String[] lines = all.split("\n", 3);
        return lines[0] + "\n  Solera\n" + lines[2];
    }
}

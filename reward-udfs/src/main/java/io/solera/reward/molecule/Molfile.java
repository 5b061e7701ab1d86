package io.solera.reward.molecule;

import java.io.StringWriter;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.io.MDLV2000Writer;
import org.openscience.cdk.layout.StructureDiagramGenerator;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmilesParser;

/** Structures as molfiles (V2000), with coordinates in the plane. */
public final class Molfile {
    private Molfile() {}

    /** The molfile of a SMILES; one without atoms where it cannot be read or laid out. */
    public static String of(String smiles, String name) {
        StringWriter text = new StringWriter();
        try (MDLV2000Writer writer = new MDLV2000Writer(text)) {
            IAtomContainer molecule =
                    new SmilesParser(SilentChemObjectBuilder.getInstance()).parseSmiles(smiles);
            new StructureDiagramGenerator().generateCoordinates(molecule);
            writer.writeMolecule(molecule);
        } catch (Exception e) { // whatever the layout of a strange molecule ends in
            return "%s\n  Solera\n\n  0  0  0  0  0  0  0  0  0  0999 V2000\nM  END\n".formatted(name);
        }
        // the writer's own second line has the time, by which equal lists would differ
        return name + "\n  Solera\n" + text.toString().split("\n", 3)[2];
    }
}

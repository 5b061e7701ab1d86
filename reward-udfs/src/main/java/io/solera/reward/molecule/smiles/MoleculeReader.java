package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.AtomColours;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.LimitExceededException;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Rings;
import io.solera.reward.molecule.graph.Sketch;
import io.solera.reward.molecule.graph.Stereo;
import org.jspecify.annotations.Nullable;

/**
 * SMILES to molecules, as strict as RDKit: the grammar, groups brought to one form, valences, and aromatic rings that can be drawn with
 * single and double bonds. What is valid but beyond {@link #HEAVY_ATOMS} or the limits on rings is not applicable.
 */
public final class MoleculeReader {
    static final int HEAVY_ATOMS = 150;
    /** Of longer strings no more than the grammar is read. */
    public static final int CHARACTERS = 2000;

    private MoleculeReader() {}

    public static Reading read(@Nullable String text) {
        String smiles = SmilesText.withoutExtension(text == null ? "" : text.strip());
        Sketch written = SmilesText.read(smiles);
        if (written == null) {
            return Reading.INVALID;
        }
        if (smiles.length() > CHARACTERS) {
            return Reading.TOO_LARGE;
        }
        try {
            return read(WrittenHydrogens.counted(written));
        } catch (LimitExceededException e) {
            return Reading.TOO_LARGE;
        }
    }

    private static Reading read(Sketch sketch) {
        Groups.settle(sketch);
        if (!ValenceModel.holds(sketch)) {
            return Reading.INVALID;
        }
        Stereo stereo = Stereo.of(sketch);
        Rings rings = Rings.of(Graph.forRings(sketch));
        boolean[] lowerCase = sketch.aromaticAtoms();
        if (!Kekule.draw(sketch, rings)) {
            return Reading.INVALID;
        }
        for (int atom = 0; atom < sketch.atoms; atom++) {
            sketch.radicals[atom] = ValenceModel.radicals(sketch, atom);
        }
        Graph drawn = Graph.of(sketch);
        if (drawn.heavyAtoms() > HEAVY_ATOMS && ValenceModel.holds(sketch)) {
            return Reading.TOO_LARGE;
        }
        boolean[] aromatic = Aromaticity.bonds(drawn, rings, sketch);
        if (!ValenceModel.settles(sketch, aromatic, lowerCase)) {
            return Reading.INVALID;
        }
        Graph graph = drawn.withHydrogens(sketch);
        AtomColours colours = new AtomColours(graph, rings, aromatic, stereo);
        return Reading.of(new Molecule(
                graph,
                rings,
                aromatic,
                stereo,
                colours.colours(),
                () -> CanonicalSmiles.write(graph, aromatic, stereo, colours.labels())));
    }
}

package io.solera.reward.molecule;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openscience.cdk.exception.InvalidSmilesException;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmilesParser;
import org.openscience.cdk.tools.manipulator.AtomContainerManipulator;

/**
 * SMILES to molecules, as strict as RDKit: the token grammar, the parser's strict mode, valences, and lower-case atoms in rings
 * only. What is valid but beyond {@link #HEAVY_ATOMS} or the limits on rings is not applicable.
 */
final class MoleculeReader {
    static final int HEAVY_ATOMS = 150;
    /** Longer strings are not parsed. */
    static final int CHARACTERS = 2000;

    private MoleculeReader() {}

    static Reading read(@Nullable String text) {
        String smiles = text == null ? "" : text.strip();
        SmilesText scanned = SmilesText.scan(smiles);
        if (scanned == null) {
            return Reading.INVALID;
        }
        if (smiles.length() > CHARACTERS) {
            return Reading.TOO_LARGE;
        }
        try {
            IAtomContainer container = parse(smiles, scanned);
            return container == null ? Reading.INVALID : prepare(container);
        } catch (LimitExceededException e) {
            return Reading.TOO_LARGE;
        }
    }

    /** The container of a valid string with its hydrogens as counts, null for an invalid one. */
    private static @Nullable IAtomContainer parse(String smiles, SmilesText scanned) {
        SmilesParser parser = new SmilesParser(SilentChemObjectBuilder.getInstance());
        parser.setStrict(true);
        IAtomContainer container;
        try {
            container = parser.parseSmiles(smiles);
        } catch (InvalidSmilesException | IllegalArgumentException e) {
            return null;
        }
        if (container.getAtomCount() != scanned.atoms() || !Valences.settle(container, scanned.bracketed())) {
            return null;
        }
        for (IAtom atom : container.atoms()) {
            atom.setIsAromatic(scanned.lowerCase().get(atom.getIndex()));
        }
        for (IAtom atom : container.atoms()) {
            if (atom.getAtomicNumber() == Elements.H) {
                return AtomContainerManipulator.suppressHydrogens(container);
            }
        }
        return container;
    }

    private static Reading prepare(IAtomContainer container) {
        Graph graph = graph(container);
        Rings rings = Rings.of(graph);
        for (int i = 0; i < graph.atoms; i++) {
            if (container.getAtom(i).isAromatic() && rings.atAtom[i] == 0) {
                return Reading.INVALID;
            }
        }
        if (graph.heavyAtoms() > HEAVY_ATOMS) {
            return Reading.TOO_LARGE;
        }
        boolean[] aromatic = Aromaticity.bonds(graph, rings);
        AtomColours colours = new AtomColours(container, graph, rings, aromatic);
        long[] classes = colours.colours();
        return Reading.of(new Molecule(
                graph,
                rings,
                aromatic,
                classes,
                () -> CanonicalSmiles.write(container, graph, aromatic, colours.labels())));
    }

    private static Graph graph(IAtomContainer container) {
        int n = container.getAtomCount();
        int[] element = new int[n];
        int[] charge = new int[n];
        int[] isotope = new int[n];
        int[] implicit = new int[n];
        for (int i = 0; i < n; i++) {
            IAtom atom = container.getAtom(i);
            element[i] = atom.getAtomicNumber();
            charge[i] = atom.getFormalCharge();
            isotope[i] = Objects.requireNonNullElse(atom.getMassNumber(), 0);
            implicit[i] = Objects.requireNonNullElse(atom.getImplicitHydrogenCount(), 0);
        }
        int m = container.getBondCount();
        int[] begin = new int[m];
        int[] end = new int[m];
        int[] order = new int[m];
        for (int k = 0; k < m; k++) {
            IBond bond = container.getBond(k);
            begin[k] = bond.getBegin().getIndex();
            end[k] = bond.getEnd().getIndex();
            order[k] = bond.getOrder().numeric();
        }
        return new Graph(element, charge, isotope, implicit, begin, end, order);
    }
}

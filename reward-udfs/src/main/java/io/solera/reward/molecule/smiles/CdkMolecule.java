package io.solera.reward.molecule.smiles;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import java.util.Map;
import java.util.TreeMap;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.interfaces.IChemObjectBuilder;
import org.openscience.cdk.interfaces.IPseudoAtom;
import org.openscience.cdk.silent.SilentChemObjectBuilder;

/**
 * Parts of a {@link Graph} as the CDK has them, which writes SMILES. It knows neither dative bonds nor {@code ~}: those are written as
 * quadruple ones, and their sign is put in afterwards.
 */
public final class CdkMolecule {
    private static final IBond.Order[] ORDERS = {
        IBond.Order.QUADRUPLE, IBond.Order.SINGLE, IBond.Order.DOUBLE, IBond.Order.TRIPLE, IBond.Order.QUADRUPLE
    };

    private CdkMolecule() {}

    public static IAtom atom(Graph graph, int atom) {
        IChemObjectBuilder builder = SilentChemObjectBuilder.getInstance();
        IAtom copy = graph.element[atom] == 0 ? builder.newInstance(IPseudoAtom.class, "*") : builder.newAtom();
        copy.setAtomicNumber(graph.element[atom]);
        copy.setFormalCharge(graph.charge[atom]);
        copy.setImplicitHydrogenCount(graph.implicit[atom]);
        copy.setMassNumber(graph.isotope[atom] == 0 ? null : graph.isotope[atom]);
        return copy;
    }

    public static IBond.Order order(Graph graph, int bond) {
        return ORDERS[graph.order[bond]];
    }

    /**
     * What was written with the true signs of bonds, and with brackets round iodine, to which a reader would else add hydrogens.
     *
     * @param order the atom of the graph that the container has at each place
     * @param places where in the text each atom of the container is
     */
    static String corrected(String text, Graph graph, Integer[] order, int[] places) {
        boolean iodine = false;
        for (int atom = 0; atom < graph.atoms; atom++) {
            iodine |= overfull(graph, atom);
        }
        if (!iodine && text.indexOf('$') < 0) {
            return text;
        }
        int[] atoms = new int[order.length];
        for (int i = 0; i < places.length; i++) {
            atoms[places[i]] = order[i];
        }
        SmilesText.Places found = SmilesText.places(text);
        TreeMap<Integer, String> edits = new TreeMap<>();
        for (int i = 0; i < atoms.length; i++) {
            int at = found.atoms()[i];
            if (overfull(graph, atoms[i]) && text.charAt(at) == 'I') {
                edits.put(at, "[I]");
            }
        }
        for (SmilesText.Sign sign : found.quadrupleBonds()) {
            int from = atoms[sign.from()];
            int bond = graph.bondBetween(from, atoms[sign.to()]);
            String written = !graph.dative[bond] ? "~" : graph.begin[bond] == from ? "->" : "<-";
            edits.put(sign.at(), graph.order[bond] == 4 ? "$" : written);
        }
        StringBuilder result = new StringBuilder();
        int last = 0;
        for (Map.Entry<Integer, String> edit : edits.entrySet()) {
            result.append(text, last, edit.getKey()).append(edit.getValue());
            last = edit.getKey() + 1;
        }
        return result.append(text.substring(last)).toString();
    }

    private static boolean overfull(Graph graph, int atom) {
        return graph.element[atom] == Elements.I && graph.implicit[atom] == 0 && graph.valence(atom) > 1;
    }
}

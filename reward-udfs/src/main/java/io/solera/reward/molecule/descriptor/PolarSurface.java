package io.solera.reward.molecule.descriptor;

import io.solera.reward.ParameterTable;
import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import java.util.HashMap;
import java.util.Map;

/**
 * The topological polar surface area in square angstrom, from nitrogen and oxygen (P. Ertl, B. Rohde and P. Selzer, J. Med. Chem.
 * 43, 3714, 2000). Atoms outside the paper's table get its linear estimate.
 */
public final class PolarSurface {
    private static final Map<Environment, Double> AREA = new HashMap<>();

    private record Environment(
            int element,
            boolean aromatic,
            int hydrogens,
            int charge,
            int singles,
            int doubles,
            int triples,
            int aromatics,
            boolean inRingOfThree) {}

    static {
        for (String[] row : ParameterTable.rows(PolarSurface.class, "tpsa.tsv")) {
            AREA.put(
                    new Environment(
                            Elements.number(row[0]),
                            row[1].equals("1"),
                            Integer.parseInt(row[2]),
                            Integer.parseInt(row[3]),
                            Integer.parseInt(row[4]),
                            Integer.parseInt(row[5]),
                            Integer.parseInt(row[6]),
                            Integer.parseInt(row[7]),
                            row[8].equals("1")),
                    Double.parseDouble(row[9]));
        }
    }

    private PolarSurface() {}

    public static double area(Molecule molecule) {
        Graph graph = molecule.graph;
        double[] terms = new double[graph.atoms];
        for (int atom = 0; atom < graph.atoms; atom++) {
            if (graph.element[atom] == Elements.N || graph.element[atom] == Elements.O) {
                terms[atom] = contribution(molecule, atom);
            }
        }
        return Sums.ordered(terms);
    }

    private static double contribution(Molecule molecule, int atom) {
        Graph graph = molecule.graph;
        int[] orders = new int[5];
        int aromatics = 0;
        for (int k = 0; k < graph.degree(atom); k++) {
            int bond = graph.bondsAt[atom][k];
            if (graph.element[graph.neighbours[atom][k]] == Elements.H) {
                continue;
            }
            if (molecule.aromaticBond[bond]) {
                aromatics++;
            } else {
                orders[graph.order[bond]]++;
            }
        }
        int hydrogens = graph.hydrogens(atom);
        Environment environment = new Environment(
                graph.element[atom],
                molecule.aromaticAtom[atom],
                hydrogens,
                graph.charge[atom],
                orders[1],
                orders[2],
                orders[3],
                aromatics,
                molecule.rings.inRingOf(3, atom));
        Double area = AREA.get(environment);
        if (area != null) {
            return area;
        }
        int neighbours = orders[1] + orders[2] + orders[3] + aromatics;
        return Math.max(
                0,
                graph.element[atom] == Elements.N
                        ? 30.5 - 8.2 * neighbours + 1.5 * hydrogens
                        : 28.5 - 8.6 * neighbours + 1.5 * hydrogens);
    }
}

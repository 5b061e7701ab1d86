package io.solera.reward.molecule.descriptor;

import io.solera.reward.ParameterTable;
import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smarts.Matching;
import io.solera.reward.molecule.smarts.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The octanol-water partition coefficient as a sum of atom contributions, hydrogens included (S. A. Wildman and G. M. Crippen,
 * J. Chem. Inf. Comput. Sci. 39, 868, 1999). The first type of the table that matches an atom is its type.
 */
public final class Crippen {
    private static final Patterns TYPES;
    private static final double[] LOG_P;
    /** The types that an atom of each kind can have, in order; by the kind's bit. */
    private static final int[][] CANDIDATES = new int[Integer.SIZE][];

    private static final double CARBON_HYDROGEN;
    private static final double ALCOHOL_HYDROGEN;
    private static final double AMINE_HYDROGEN;
    private static final double ACID_HYDROGEN;
    private static final double OTHER_HYDROGEN;

    static {
        double[] hydrogen = new double[5];
        List<String> patterns = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (String[] row : ParameterTable.rows(Crippen.class, "crippen.tsv")) {
            double logP = Double.parseDouble(row[2]);
            int kind = List.of("H1", "H2", "H3", "H4", "HS").indexOf(row[0]);
            if (kind >= 0) {
                hydrogen[kind] = logP;
            } else {
                patterns.add(row[1]);
                values.add(logP);
            }
        }
        TYPES = Patterns.of(patterns);
        LOG_P = values.stream().mapToDouble(Double::doubleValue).toArray();
        for (int bit = 0; bit < CANDIDATES.length; bit++) {
            int kind = 1 << bit;
            CANDIDATES[bit] = IntStream.range(0, TYPES.size())
                    .filter(type -> (TYPES.firstTest(type).kinds() & kind) != 0)
                    .toArray();
        }
        CARBON_HYDROGEN = hydrogen[0];
        ALCOHOL_HYDROGEN = hydrogen[1];
        AMINE_HYDROGEN = hydrogen[2];
        ACID_HYDROGEN = hydrogen[3];
        OTHER_HYDROGEN = hydrogen[4];
    }

    private Crippen() {}

    public static double logP(Molecule molecule) {
        Graph graph = molecule.graph;
        Matching types = TYPES.in(molecule);
        double[] terms = new double[2 * graph.atoms];
        for (int atom = 0; atom < graph.atoms; atom++) {
            if (graph.element[atom] == Elements.H) {
                terms[2 * atom] =
                        graph.degree(atom) == 0 ? OTHER_HYDROGEN : hydrogen(molecule, graph.neighbours[atom][0], atom);
            } else {
                terms[2 * atom] = heavy(types, molecule, atom);
            }
            if (graph.implicit[atom] > 0) {
                terms[2 * atom + 1] = graph.implicit[atom] * hydrogen(molecule, atom, -1);
            }
        }
        return Sums.ordered(terms);
    }

    private static double heavy(Matching types, Molecule molecule, int atom) {
        for (int type : CANDIDATES[Long.numberOfTrailingZeros(molecule.traits[atom])]) {
            if (types.at(type, atom)) {
                return LOG_P[type];
            }
        }
        return 0;
    }

    /** The contribution of a hydrogen on an atom; {@code self} is its index where it is an atom of the graph. */
    private static double hydrogen(Molecule molecule, int atom, int self) {
        Graph graph = molecule.graph;
        int z = graph.element[atom];
        if (z == Elements.C || z == Elements.H) {
            return CARBON_HYDROGEN;
        }
        if (z == Elements.N) {
            return AMINE_HYDROGEN;
        }
        if (z != Elements.O) {
            return ALCOHOL_HYDROGEN;
        }
        if (graph.hydrogens(atom) > 1) {
            return ALCOHOL_HYDROGEN; // water
        }
        boolean nitrogen = false;
        boolean acid = false;
        for (int k = 0; k < graph.degree(atom); k++) {
            int next = graph.neighbours[atom][k];
            if (next == self || graph.order[graph.bondsAt[atom][k]] > 1) {
                continue;
            }
            int other = graph.element[next];
            boolean saturated = other == Elements.C && graph.connections(next) == 4 && !molecule.aromaticAtom[next];
            boolean hetero = other != Elements.C && other != Elements.N && other != Elements.O && other != Elements.S;
            if (saturated || hetero || (other == Elements.C && molecule.aromaticAtom[next])) {
                return ALCOHOL_HYDROGEN;
            }
            nitrogen |= other == Elements.N;
            acid |= (!molecule.aromaticAtom[next] && (other == Elements.O || other == Elements.S))
                    || (other == Elements.C && doublyBonded(molecule, next));
        }
        return nitrogen ? AMINE_HYDROGEN : acid ? ACID_HYDROGEN : OTHER_HYDROGEN;
    }

    private static boolean doublyBonded(Molecule molecule, int carbon) {
        Graph graph = molecule.graph;
        for (int bond : graph.bondsAt[carbon]) {
            int z = graph.element[graph.other(bond, carbon)];
            boolean partner = z == Elements.C || z == Elements.N || z == Elements.O || z == Elements.S;
            if (partner && graph.order[bond] == 2 && !molecule.aromaticBond[bond]) {
                return true;
            }
        }
        return false;
    }
}

package io.solera.reward.molecule.descriptor;

import io.solera.reward.ParameterTable;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smarts.Matching;
import io.solera.reward.molecule.smarts.Patterns;
import java.util.List;

/**
 * The quantitative estimate of drug-likeness: the weighted geometric mean of eight desirabilities (G. R. Bickerton et al., Nature
 * Chemistry 4, 90, 2012, mean weights).
 */
public final class Qed {
    private static final List<Property> PROPERTIES = ParameterTable.rows(Qed.class, "qed.tsv").stream()
            .map(row -> new Property(
                    number(row[1]),
                    number(row[2]),
                    number(row[3]),
                    number(row[4]),
                    number(row[5]),
                    number(row[6]),
                    number(row[7]),
                    number(row[8])))
            .toList();
    private static final Patterns ALERTS = Patterns.of(ParameterTable.rows(Qed.class, "alerts.tsv").stream()
            .map(row -> row[0])
            .toList());
    /** QED has acceptors of its own. */
    private static final Patterns ACCEPTORS = Patterns.of(List.of(
            "[oH0;X2]",
            "[OH1;X2;v2]",
            "[OH0;X2;v2]",
            "[OH0;X1;v2]",
            "[O-;X1]",
            "[SH0;X2;v2]",
            "[SH0;X1;v2]",
            "[S-;X1]",
            "[nH0;X2]",
            "[NH0;X1;v3]",
            "[$([N;+0;X3;v3]);!$(N[C,S]=O)]"));

    private record Property(double a, double b, double c, double d, double e, double f, double maximum, double weight) {
        double desirability(double x) {
            double rise = 1 / (1 + StrictMath.exp(-(x - c + d / 2) / e));
            double fall = 1 - 1 / (1 + StrictMath.exp(-(x - c - d / 2) / f));
            return (a + b * rise * fall) / maximum;
        }
    }

    private Qed() {}

    public static double value(Molecule molecule) {
        double[] values = {
            Descriptors.weight(molecule),
            Crippen.logP(molecule),
            acceptors(molecule),
            Descriptors.donors(molecule),
            PolarSurface.area(molecule),
            Descriptors.rotors(molecule),
            aromaticSystems(molecule),
            alerts(molecule)
        };
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < values.length; i++) {
            Property property = PROPERTIES.get(i);
            sum += property.weight * StrictMath.log(property.desirability(values[i]));
            weights += property.weight;
        }
        return StrictMath.exp(sum / weights);
    }

    static int acceptors(Molecule molecule) {
        Matching matching = ACCEPTORS.in(molecule);
        int count = 0;
        for (int pattern = 0; pattern < ACCEPTORS.size(); pattern++) {
            count += matching.firstAtoms(pattern);
        }
        return count;
    }

    static int alerts(Molecule molecule) {
        return ALERTS.count(molecule);
    }

    /**
     * QED's count of aromatic rings: the rings that are left when aliphatic ring atoms with a single bond to an aliphatic neighbour
     * are taken away, bonds - atoms + components.
     */
    static int aromaticSystems(Molecule molecule) {
        Graph graph = molecule.graph;
        int[] component = new int[graph.atoms];
        int atoms = 0;
        for (int atom = 0; atom < graph.atoms; atom++) {
            component[atom] = aliphaticRingAtom(molecule, atom) ? -1 : atom;
            atoms += component[atom] < 0 ? 0 : 1;
        }
        int bonds = 0;
        int components = atoms;
        for (int bond = 0; bond < graph.bonds; bond++) {
            if (component[graph.begin[bond]] >= 0 && component[graph.end[bond]] >= 0) {
                bonds++;
                int a = root(component, graph.begin[bond]);
                int b = root(component, graph.end[bond]);
                if (a != b) {
                    component[a] = b;
                    components--;
                }
            }
        }
        return bonds - atoms + components;
    }

    private static boolean aliphaticRingAtom(Molecule molecule, int atom) {
        if (molecule.aromaticAtom[atom] || molecule.rings.atAtom[atom] == 0) {
            return false;
        }
        Graph graph = molecule.graph;
        for (int k = 0; k < graph.degree(atom); k++) {
            if (graph.order[graph.bondsAt[atom][k]] == 1 && !molecule.aromaticAtom[graph.neighbours[atom][k]]) {
                return true;
            }
        }
        return false;
    }

    private static int root(int[] component, int atom) {
        int at = atom;
        while (component[at] != at) {
            at = component[at];
        }
        return at;
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}

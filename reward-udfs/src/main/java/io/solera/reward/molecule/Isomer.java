package io.solera.reward.molecule;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Graph;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How near a molecule's formula is to a given one: the mean of exp(-(n - n0)^2 / 2) over the elements of the formula and of exp(-(n -
 * n0)^2 / 8) for all atoms, hydrogens included (N. Brown et al., GuacaMol, J. Chem. Inf. Model. 59, 1096, 2019).
 */
final class Isomer implements Property {
    private static final Pattern PART = Pattern.compile("([A-Z][a-z]?)(\\d{0,4})");

    private final TreeMap<Integer, Integer> wanted = new TreeMap<>();
    private final boolean geometric;
    private final int total;

    Isomer(String formula, String mean) {
        if (!mean.equals("geometric") && !mean.equals("arithmetic")) {
            throw new IllegalArgumentException("Invalid mean: %s (must be geometric or arithmetic)".formatted(mean));
        }
        geometric = mean.equals("geometric");
        Matcher part = PART.matcher(formula);
        int at = 0;
        int sum = 0;
        while (at < formula.length() && part.find(at) && part.start() == at && Elements.known(part.group(1))) {
            int count = part.group(2).isEmpty() ? 1 : Integer.parseInt(part.group(2));
            wanted.merge(Elements.number(part.group(1)), count, Integer::sum);
            sum += count;
            at = part.end();
        }
        if (at < formula.length() || wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid formula: %s (must be symbols and counts, such as C11H24)".formatted(formula));
        }
        total = sum;
    }

    @Override
    public double of(Molecule molecule) {
        Graph graph = molecule.graph;
        int all = 0;
        Map<Integer, Integer> found = new TreeMap<>();
        for (int atom = 0; atom < graph.atoms; atom++) {
            found.merge(graph.element[atom], 1, Integer::sum);
            found.merge(Elements.H, graph.implicit[atom], Integer::sum);
            all += 1 + graph.implicit[atom];
        }
        double sum = term(all - total, 2);
        double product = sum;
        for (Map.Entry<Integer, Integer> element : wanted.entrySet()) {
            double term = term(found.getOrDefault(element.getKey(), 0) - element.getValue(), 1);
            sum += term;
            product *= term;
        }
        int terms = wanted.size() + 1;
        return geometric ? StrictMath.pow(product, 1.0 / terms) : sum / terms;
    }

    private static double term(int distance, double deviation) {
        double z = distance / deviation;
        return StrictMath.exp(-z * z / 2);
    }
}

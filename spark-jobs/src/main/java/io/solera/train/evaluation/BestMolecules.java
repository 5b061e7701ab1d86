package io.solera.train.evaluation;

import io.solera.reward.molecule.smiles.Molecules;
import io.solera.rl.measure.GeometricMean;
import io.solera.rl.measure.ParetoFront;
import io.solera.train.rollout.SampleColumns;
import io.solera.train.rollout.ScoredSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code molecules.csv}: the distinct molecules of an evaluation, the front first, each part by its geometric mean of shaped rewards. */
public final class BestMolecules {
    public static final String FILE = "molecules.csv";
    private static final int GREATEST = 1000;

    /** One molecule. */
    public record Line(String smiles, boolean front, double geometricMean, double[] raw, double[] shaped) {}

    private BestMolecules() {}

    static List<Line> of(List<ScoredSample> samples) {
        Set<String> seen = new HashSet<>();
        List<ScoredSample> distinct = new ArrayList<>();
        for (ScoredSample sample : samples) {
            String canonical = Molecules.canonicalSmiles(sample.text()).orElse(null);
            if (canonical != null && !Double.isNaN(GeometricMean.of(sample.shaped())) && seen.add(canonical)) {
                distinct.add(sample);
            }
        }
        double[][] rows = distinct.stream().map(ScoredSample::shaped).toArray(double[][]::new);
        Set<Integer> front = Arrays.stream(ParetoFront.of(rows)).boxed().collect(Collectors.toSet());
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < distinct.size(); i++) {
            ScoredSample sample = distinct.get(i);
            lines.add(new Line(
                    sample.text(),
                    front.contains(i),
                    GeometricMean.of(sample.shaped()),
                    sample.raw(),
                    sample.shaped()));
        }
        lines.sort(Comparator.comparing((Line line) -> !line.front())
                .thenComparing(Comparator.comparingDouble(Line::geometricMean).reversed())
                .thenComparing(Line::smiles));
        return lines.subList(0, Math.min(GREATEST, lines.size()));
    }

    static String csv(List<Line> lines, List<String> rewards) {
        StringBuilder out = new StringBuilder("smiles,front,geometric_mean");
        rewards.forEach(reward ->
                out.append(',').append(SampleColumns.raw(reward)).append(',').append(SampleColumns.shaped(reward)));
        out.append('\n');
        for (Line line : lines) {
            out.append(line.smiles())
                    .append(',')
                    .append(line.front())
                    .append(',')
                    .append(number(line.geometricMean()));
            for (int i = 0; i < rewards.size(); i++) {
                out.append(',').append(number(line.raw()[i])).append(',').append(number(line.shaped()[i]));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}

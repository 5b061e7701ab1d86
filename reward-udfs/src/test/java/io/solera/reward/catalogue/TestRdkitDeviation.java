package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.molecule.ReferenceData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The deviation of every molecule reward from RDKit on deviation.tsv, which docs/reference/deviation_molecules.py
 * makes. Writes the table of docs/measurements/molecules.md beside it, as molecules.md.
 */
@Tag("reference")
@Tag("generated")
class TestRdkitDeviation {
    private static final double LEAST_EQUAL = 0.999;
    private static final int PART = 1000;

    @Test
    void valuesAgreeWithinTheirTolerance() throws IOException {
        Path data = ReferenceData.file("deviation.tsv");
        GoldenTable table = GoldenTable.read(Files.newInputStream(data));
        List<String> lines = new ArrayList<>();
        lines.add("| call | molecules | not read | mean difference | greatest | tolerance | equal |");
        lines.add("|---|---|---|---|---|---|---|");
        Map<String, double[]> ours = values(table);
        for (String call : table.calls()) {
            Deviation deviation = deviation(call, table, Objects.requireNonNull(ours.get(call)));
            lines.add(deviation.row());
            assertThat(deviation.equal).as(call).isGreaterThanOrEqualTo(LEAST_EQUAL);
            assertThat(deviation.missing).as(call).isLessThan(table.smiles().size() / 1000);
        }
        Files.write(data.resolveSibling("molecules.md"), lines);
    }

    private record Deviation(
            String call, int molecules, int missing, double mean, double greatest, double tolerance, double equal) {
        String row() {
            return "| `%s` | %,d | %d | %s | %s | %s | %.3f %% |"
                    .formatted(
                            call.replace("|", "\\|"),
                            molecules,
                            missing,
                            number(mean),
                            number(greatest),
                            number(tolerance),
                            100 * equal);
        }

        private static String number(double value) {
            return value == 0 ? "0" : String.format(Locale.ROOT, value < 1e-3 ? "%.0e" : "%.4f", value);
        }
    }

    /** Our values by call, NaN where one is missing; part by part, so that each string is read once. */
    private static Map<String, double[]> values(GoldenTable table) throws IOException {
        Map<String, Reward> rewards = new LinkedHashMap<>();
        Map<String, double[]> values = new LinkedHashMap<>();
        int size = table.smiles().size();
        for (String call : table.calls()) {
            rewards.put(call, RewardCatalogue.create(RewardCall.parse(call), FilesBeside.FILES));
            values.put(call, new double[size]);
        }
        for (int from = 0; from < size; from += PART) {
            List<String> part = table.smiles().subList(from, Math.min(size, from + PART));
            for (String call : table.calls()) {
                List<Score> scores = Objects.requireNonNull(rewards.get(call)).score(new ArrayList<>(part));
                for (int i = 0; i < part.size(); i++) {
                    Objects.requireNonNull(values.get(call))[from + i] =
                            scores.get(i).value();
                }
            }
        }
        return values;
    }

    private static Deviation deviation(String call, GoldenTable table, double[] values) {
        double tolerance = tolerance(RewardCall.parse(call).name());
        double[] reference = table.values(call);
        int molecules = 0;
        int equal = 0;
        double sum = 0;
        double greatest = 0;
        for (int i = 0; i < reference.length; i++) {
            if (!Double.isNaN(values[i])) {
                double difference = Math.abs(values[i] - reference[i]);
                molecules++;
                sum += difference;
                greatest = Math.max(greatest, difference);
                equal += difference <= tolerance ? 1 : 0;
                if (difference > tolerance && tolerance < 0.1) {
                    System.out.printf(
                            "%s of %s: %s, not %s%n", call, table.smiles().get(i), values[i], reference[i]);
                }
            }
        }
        return new Deviation(
                call,
                molecules,
                reference.length - molecules,
                sum / molecules,
                greatest,
                tolerance,
                (double) equal / molecules);
    }

    private static double tolerance(String name) {
        return switch (name) {
            case "mw", "tpsa" -> 0.01;
            case "logp" -> 1e-4;
            case "sa", "penalised_logp" -> 1e-6;
            case "qed", "fraction_csp3", "similarity", "isomer" -> 1e-5;
            default -> 0;
        };
    }
}

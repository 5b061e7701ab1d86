package io.solera.reward.protein;

import io.solera.problem.RequestException;
import io.solera.reward.ParameterTable;
import java.io.Serializable;
import java.util.List;

/** A published hydropathy scale: a number for each of the twenty residues. */
final class Scale implements Serializable {
    private static final List<Scale> ALL = ParameterTable.rows(Scale.class, "scales.tsv").stream()
            .map(row -> new Scale(row[0], Residues.numbers(row, 1)))
            .toList();

    final String name;
    private final double[] values;

    private Scale(String name, double[] values) {
        this.name = name;
        this.values = values;
    }

    static List<String> names() {
        return ALL.stream().map(scale -> scale.name).toList();
    }

    static Scale named(String name) {
        return ALL.stream()
                .filter(scale -> scale.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new RequestException(
                        "Invalid scale: %s (must be one of %s)".formatted(name, String.join(", ", names()))));
    }

    double of(int code) {
        return values[code];
    }

    /** The mean over all residues; with Kyte and Doolittle's scale the GRAVY. */
    double mean(Residues residues) {
        double sum = 0;
        for (int code = 0; code < values.length; code++) {
            sum += residues.count(code) * values[code];
        }
        return sum / residues.length();
    }
}

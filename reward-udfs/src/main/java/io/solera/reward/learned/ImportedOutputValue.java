package io.solera.reward.learned;

import io.solera.lang.EnumText;
import io.solera.problem.RequestException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Selects the number of an imported network that is the reward.
 *
 * @param output the name of one of its outputs, or its index from 0
 * @param value index in a row of that output, from 0
 */
public record ImportedOutputValue(String output, int value, Activation activation) implements Serializable {
    /** What is applied to a row of an output: nothing, or a function that makes probabilities of logits. */
    public enum Activation {
        NONE,
        SIGMOID,
        SOFTMAX;

        public static Activation parse(String text) {
            return EnumText.find(Activation.class, text)
                    .orElseThrow(() -> new RequestException(
                            "Invalid activation: %s (must be %s)".formatted(text, EnumText.choices(Activation.class))));
        }
    }

    public ImportedOutputValue {
        if (value < 0) {
            throw new RequestException("Invalid value: %d (must be 0 or more)".formatted(value));
        }
    }

    double[] of(float[][] rows, int expected) {
        if (rows.length != expected || rows[0].length <= value) {
            throw new RequestException(
                    ("Invalid value: %d of output %s, which has %d rows of %d values for %d texts (must be one of a "
                                    + "row per text)")
                            .formatted(value, output, rows.length, rows[0].length, expected));
        }
        return Arrays.stream(rows).mapToDouble(this::of).toArray();
    }

    private double of(float[] row) {
        return switch (activation) {
            case NONE -> row[value];
            case SIGMOID -> 1 / (1 + StrictMath.exp(-row[value]));
            case SOFTMAX -> {
                // 1 / sum exp(x_k - x), which is finite or 0
                double sum = 0;
                for (float each : row) {
                    sum += StrictMath.exp((double) each - row[value]);
                }
                yield 1 / sum;
            }
        };
    }
}

package io.solera.reward.learned;

import io.solera.checkpoint.ParameterLayout;
import io.solera.reward.molecule.Fingerprint;
import java.io.Serializable;
import java.util.List;

/**
 * The numbers of a network on fingerprints in plain Java, so that they travel and lie in files without Deeplearning4j.
 *
 * @param widths of the fingerprint, the hidden layers and the output, which has one value per task
 * @param values of every layer its weights [out, in], then its bias [out]
 */
record NetworkWeights(List<Integer> widths, float[] values) implements Serializable {
    NetworkWeights {
        widths = List.copyOf(widths);
        if (widths.size() < 2 || widths.get(0) != Fingerprint.BITS) {
            throw new IllegalArgumentException("Invalid widths: %s (must begin with %d, end with the number of tasks)"
                    .formatted(widths, Fingerprint.BITS));
        }
        if (values.length != layout(widths).size()) {
            throw new IllegalArgumentException("Invalid weights: %d values (must be %d for widths %s)"
                    .formatted(values.length, layout(widths).size(), widths));
        }
    }

    int tasks() {
        return widths.get(widths.size() - 1);
    }

    List<Integer> hidden() {
        return widths.subList(1, widths.size() - 1);
    }

    /** The names that PyTorch gives to a sequence of linear layers. */
    static ParameterLayout layout(List<Integer> widths) {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        for (int layer = 0; layer + 1 < widths.size(); layer++) {
            layout.add("layers." + layer + ".weight", widths.get(layer + 1), widths.get(layer));
            layout.add("layers." + layer + ".bias", widths.get(layer + 1));
        }
        return layout.build();
    }

    /** The same network with outputs a[k] y[k] + b[k] in place of y[k], before a probability is made of them. */
    NetworkWeights rescaled(double[] a, double[] b) {
        float[] changed = values.clone();
        int tasks = tasks();
        int inputs = widths.get(widths.size() - 2);
        int bias = values.length - tasks;
        int weights = bias - tasks * inputs;
        for (int k = 0; k < tasks; k++) {
            for (int i = 0; i < inputs; i++) {
                changed[weights + k * inputs + i] *= (float) a[k];
            }
            changed[bias + k] = (float) (a[k] * values[bias + k] + b[k]);
        }
        return new NetworkWeights(widths, changed);
    }
}

package io.solera.reward.learned;

import io.solera.checkpoint.ParameterLayout;
import java.io.Serializable;
import java.util.List;

/**
 * The weights of a network in plain Java, so that they can be serialised and stored without Deeplearning4j.
 *
 * @param widths of the features, the hidden layers and the output, which has one value per task
 * @param values per layer the weights [out, in], then the bias [out]
 */
public record NetworkWeights(List<Integer> widths, float[] values) implements Serializable {
    public NetworkWeights {
        widths = List.copyOf(widths);
        if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "Invalid widths: %s (must be of the features, hidden layers and tasks, each at least 1)"
                            .formatted(widths));
        }
        if (values.length != layout(widths).size()) {
            throw new IllegalArgumentException("Invalid weights: %d values (must be %d for widths %s)"
                    .formatted(values.length, layout(widths).size(), widths));
        }
    }

    int inputs() {
        return widths.get(0);
    }

    int tasks() {
        return widths.get(widths.size() - 1);
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

    /** The same network with outputs a[k] y[k] + b[k] in place of y[k], before they become probabilities. */
    public NetworkWeights rescaled(double[] a, double[] b) {
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

    /** The same function of features x, for a network that was trained on (x[i] - mean[i]) / deviation[i]. */
    public NetworkWeights unstandardised(float[] mean, float[] deviation) {
        float[] changed = values.clone();
        int bias = inputs() * widths.get(1);
        for (int j = 0; j < widths.get(1); j++) {
            double shift = 0;
            for (int i = 0; i < inputs(); i++) {
                float weight = values[j * inputs() + i] / deviation[i];
                changed[j * inputs() + i] = weight;
                shift += (double) weight * mean[i];
            }
            changed[bias + j] = (float) (values[bias + j] - shift);
        }
        return new NetworkWeights(widths, changed);
    }
}

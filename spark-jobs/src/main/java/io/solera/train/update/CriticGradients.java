package io.solera.train.update;

import io.solera.train.learner.StepMetrics;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gradients of critics by their objectives, and what their losses were; those of parts of a minibatch add up. */
record CriticGradients(Map<String, float[]> values, StepMetrics figures) implements Serializable {
    static CriticGradients none() {
        return new CriticGradients(new LinkedHashMap<>(), new StepMetrics());
    }

    /** Adds those of the next part, in place. */
    void add(CriticGradients next) {
        next.values.forEach((name, gradient) -> values.merge(name, gradient, CriticGradients::added));
        figures.add(next.figures);
    }

    private static float[] added(float[] sum, float[] term) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += term[k];
        }
        return sum;
    }
}

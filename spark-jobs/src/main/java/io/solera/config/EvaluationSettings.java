package io.solera.config;

import java.io.Serializable;

/**
 * Held-out sampling at temperature 1 without truncation.
 *
 * @param samples before the first round and after the last
 * @param roundSamples after each other round; 0 for none
 */
public record EvaluationSettings(int samples, int roundSamples) implements Serializable {
    public EvaluationSettings {
        AlgorithmSettings.atLeastOne("samples", samples);
        if (roundSamples < 0) {
            throw new IllegalArgumentException(
                    "Invalid round-samples: %d (must be 0 for none, or more)".formatted(roundSamples));
        }
    }

    static EvaluationSettings defaults() {
        return new EvaluationSettings(2000, 200);
    }
}

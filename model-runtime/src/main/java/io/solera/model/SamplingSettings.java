package io.solera.model;

import java.io.Serializable;

/**
 * How tokens are drawn: at most {@code maxNewTokens}, from softmax(logits / temperature), truncated to the {@code topK}
 * most probable tokens (0: all) and then to the smallest set whose probability reaches {@code topP} (1: all).
 */
public record SamplingSettings(int maxNewTokens, double temperature, int topK, double topP) implements Serializable {
    public SamplingSettings {
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException(
                    "Invalid max-new-tokens: %d (must be at least 1)".formatted(maxNewTokens));
        }
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("Invalid temperature: %s (must be above 0)".formatted(temperature));
        }
        if (topK < 0) {
            throw new IllegalArgumentException("Invalid top-k: %d (must be 0 for all, or more)".formatted(topK));
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("Invalid top-p: %s (must be above 0 and at most 1)".formatted(topP));
        }
    }

    /** Temperature 1 without truncation, as all metrics are computed. */
    public static SamplingSettings plain(int maxNewTokens) {
        return new SamplingSettings(maxNewTokens, 1, 0, 1);
    }
}

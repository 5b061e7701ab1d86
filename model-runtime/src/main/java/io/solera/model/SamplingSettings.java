package io.solera.model;

import io.solera.rl.Setting;
import java.io.Serializable;

/**
 * How tokens are drawn: at most {@code maxNewTokens}, from softmax(logits / temperature), truncated to the {@code topK}
 * most probable tokens (0: all) and then to the smallest set whose probability reaches {@code topP} (1: all).
 */
public record SamplingSettings(int maxNewTokens, double temperature, int topK, double topP) implements Serializable {
    public SamplingSettings {
        Setting.require(maxNewTokens >= 1, "max-new-tokens", maxNewTokens, "must be at least 1");
        Setting.above("temperature", temperature, 0);
        Setting.require(topK >= 0, "top-k", topK, "must be 0 for all, or more");
        Setting.aboveZeroAtMostOne("top-p", topP);
    }

    /** Temperature 1 without truncation, as all metrics are computed. */
    public static SamplingSettings plain(int maxNewTokens) {
        return new SamplingSettings(maxNewTokens, 1, 0, 1);
    }
}

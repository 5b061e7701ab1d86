package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestSamplingSettings {
    @Test
    void plainIsTemperatureOneWithoutTruncation() {
        assertThat(SamplingSettings.plain(80)).isEqualTo(new SamplingSettings(80, 1, 0, 1));
    }

    @Test
    void namesTheSettingThatIsWrong() {
        assertRefused(0, 1, 0, 1, "Invalid max-new-tokens: 0 (must be at least 1)");
        assertRefused(9, 0, 0, 1, "Invalid temperature: 0 (must be above 0)");
        assertRefused(9, Double.NaN, 0, 1, "Invalid temperature: NaN (must be above 0)");
        assertRefused(9, 1, -1, 1, "Invalid top-k: -1 (must be 0 for all, or more)");
        assertRefused(9, 1, 0, 0, "Invalid top-p: 0 (must be above 0 and at most 1)");
        assertRefused(9, 1, 0, 1.5, "Invalid top-p: 1.5 (must be above 0 and at most 1)");
    }

    private static void assertRefused(int tokens, double temperature, int topK, double topP, String message) {
        assertThatThrownBy(() -> new SamplingSettings(tokens, temperature, topK, topP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}

package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestGroupRelative {
    @Test
    void samplesAreComparedWithinTheirPrompt() {
        // 1, 2, 3: deviation 1; 10, 30: deviation sqrt(200)
        assertThat(GroupRelative.advantages(new double[] {1, 2, 3, 10, 30}, 3))
                .containsExactly(
                        new double[] {
                            -1 / 1.0001, 0, 1 / 1.0001, -10 / (Math.sqrt(200) + 1e-4), 10 / (Math.sqrt(200) + 1e-4)
                        },
                        within(1e-12));
    }

    @Test
    void missingScoresAreLeftOut() {
        assertThat(GroupRelative.advantages(new double[] {1, Double.NaN, 3, Double.NaN, 5}, 3))
                .containsExactly(
                        new double[] {-1 / (Math.sqrt(2) + 1e-4), 0, 1 / (Math.sqrt(2) + 1e-4), 0, 0}, within(1e-12));
    }

    @Test
    void equalScoresGiveNoAdvantage() {
        assertThat(GroupRelative.advantages(new double[] {4, 4, 4}, Integer.MAX_VALUE))
                .containsExactly(0, 0, 0);
        assertThat(GroupRelative.advantages(new double[0], 2)).isEmpty();
        assertThatThrownBy(() -> GroupRelative.advantages(new double[1], 0))
                .hasMessageStartingWith("Invalid group-size: 0");
    }
}

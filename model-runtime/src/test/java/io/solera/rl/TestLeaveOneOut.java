package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestLeaveOneOut {

    private static final LeaveOneOut PLAIN = new LeaveOneOut(false);

    @Test
    void comparesWithTheMeanOfTheOthers() {
        assertThat(PLAIN.advantages(new double[] {1, 2, 6})).containsExactly(-3, -1.5, 4.5);
    }

    @Test
    void leavesMissingScoresOut() {
        assertThat(PLAIN.advantages(new double[] {1, Double.NaN, 2, 6})).containsExactly(-3, 0, -1.5, 4.5);
        assertThat(PLAIN.advantages(new double[] {Double.NaN, 4})).containsExactly(0, 0);
        assertThat(PLAIN.advantages(new double[0])).isEmpty();
    }

    @Test
    void comparesWithinGroups() {
        assertThat(PLAIN.advantages(new double[] {1, 3, 10, 20, 7}, 2)).containsExactly(-2, 2, -10, 10, 0);
    }

    @Test
    void standardizedForgetsUnitAndOffset() {
        LeaveOneOut standardized = new LeaveOneOut(true);
        double[] scores = {0.1, 0.5, Double.NaN, 0.9, 0.2};
        double[] other = Arrays.stream(scores).map(score -> 100 + 40 * score).toArray();
        double[] advantages = standardized.advantages(scores);
        assertThat(standardized.advantages(other)).containsExactly(advantages, within(1e-6));
        assertThat(Arrays.stream(advantages).map(a -> a * a).sum() / 4).isCloseTo(1, within(1e-6));
        assertThat(standardized.advantages(new double[] {3, 3, 3})).containsExactly(0, 0, 0);
        assertThat(standardized.advantages(new double[] {Double.NaN})).containsExactly(0);
    }

    @Test
    void rejectsAnEmptyGroup() {
        assertThatThrownBy(() -> PLAIN.advantages(new double[] {1}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid group-size: 0 (must be 1 or more)");
    }
}

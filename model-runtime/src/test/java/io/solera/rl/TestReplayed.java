package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestReplayed {
    @Test
    void theRolloutsOwnAdvantagesStayAsTheyAre() {
        double[] scores = {0, 0.1, 0.2, 0.9, 0.15, 0.05, Double.NaN};
        double[] own = new LeaveOneOut(false).advantages(new double[] {0, 0.1, 0.2}, 3);
        // 3/2 of the distance from the mean, 0.1; the best of the rollout has 0.15, so that the cap is 1
        assertThat(own).containsExactly(new double[] {-0.15, 0, 0.15}, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(Replayed.advantages(scores, own))
                .containsExactly(
                        new double[] {-0.15, 0, 0.15, 1, 0.075, 0, 0}, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void nothingCountsMoreThanTheBestOfTheRollout() {
        double[] own = {-1, -1, 2};
        assertThat(Replayed.advantages(new double[] {0, 0, 0.3, 0.9}, own)).containsExactly(-1, -1, 2, 2);
    }

    @Test
    void whereTheRolloutIsAllAlikeWhatIsBetterCountsOne() {
        assertThat(Replayed.advantages(new double[] {0.5, 0.5, 0.6, 0.4}, new double[] {0, 0}))
                .containsExactly(0, 0, 1, 0);
    }
}

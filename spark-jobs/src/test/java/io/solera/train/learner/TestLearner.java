package io.solera.train.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.config.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestLearner {
    private static final List<String> REWARDS = List.of("qed", "sa");
    private static final double[] WEIGHTS = {3, 1};
    private static final double[][] SHAPED = {{0.1, 0.5, Double.NaN}, {0.9, 0.3, 0.6}};

    @Test
    void anExpertHasItsRewardAlone() {
        List<Learner> experts = Learner.of(Method.Mode.EXPERTS, REWARDS, WEIGHTS);
        assertThat(experts).extracting(Learner::name).containsExactly("qed", "sa");
        assertThat(experts.get(1).objectives()).hasSize(1);
        assertThat(experts.get(1).objectives().get(0).weight()).isEqualTo(1);
        assertThat(experts.get(0).objectives().get(0).scores(SHAPED)).containsExactly(SHAPED[0]);
    }

    @Test
    void weightedGradientsHaveAllWithTheirShares() {
        List<Learner> learners = Learner.of(Method.Mode.LOSSES, REWARDS, WEIGHTS);
        assertThat(learners).hasSize(1);
        assertThat(learners.get(0).objectives())
                .extracting(Learner.Objective::weight)
                .containsExactly(0.75, 0.25);
    }

    @Test
    void morlhfHasOneScoreOfStandardisedRewards() {
        Learner learner = Learner.of(Method.Mode.SCORE, REWARDS, WEIGHTS).get(0);
        assertThat(learner.objectives()).hasSize(1);
        double[][] shaped = {{0, 1}, {1, 0}};
        double[] scores = learner.objectives().get(0).scores(shaped);
        // both deviate by 1 / sqrt 2: (0.75 - 0.25) / sqrt 2 apart from 0
        assertThat(scores[1]).isCloseTo(0.5 / Math.sqrt(2), within(1e-6));
        assertThat(scores[0]).isCloseTo(-scores[1], within(1e-12));
        assertThat(learner.objectives().get(0).scores(SHAPED)[2]).isNaN();
    }
}

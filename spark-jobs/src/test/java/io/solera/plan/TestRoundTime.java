package io.solera.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.train.ExecutionPlan.Way;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TestRoundTime {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final RoundBytes NONE = new RoundBytes(0, 0, 0, 0, 0, 0, 0, 0);

    private static RoundTime time(Load load, Cluster cluster, Way way) {
        return RoundTime.of(load, Worked.rates(), cluster, way, NONE, 1);
    }

    @Test
    void anUpdateIsItsPassesAndItsSteps() {
        // 320 tokens: 0.002 under the reference, 2 epochs of 0.005, and 4 steps of 0.25
        assertThat(Worked.rates().update(Worked.load())).isCloseTo(0.64 + 3.2 + 1, EXACT);
        // minibatches of two gradients' worth: a forward pass, and two for each of 4 gradients instead of 1
        Load each = Worked.load("method=weighted-gradients", "blend.rule=min-norm");
        assertThat(each.gradients()).isEqualTo(4);
        assertThat(Worked.rates().update(each)).isCloseTo(0.64 + 3.2 * 3 + 1, EXACT);
    }

    @Test
    void fusedLearnersAreTasksOfAllSteps() {
        RoundTime two = time(Worked.load(), Worked.apart(2), Way.FUSED);
        // two waves of 2 steps of 2 micro-batches of 0.64 + 16 * 10 * 0.001
        assertThat(two.rollouts()).isCloseTo(2 * 2 * 2 * 0.8, EXACT);
        assertThat(two.scoring()).isCloseTo(2 * 2 * 32 * 0.3, EXACT);
        assertThat(two.updates()).isCloseTo(2 * 2 * 4.84, EXACT);
        assertThat(two.steps()).isZero();
        assertThat(two.commit()).isCloseTo(0.5 + 0.001 * 192, EXACT);
        assertThat(time(Worked.load(), Worked.apart(3), Way.FUSED).updates()).isCloseTo(2 * 4.84, EXACT);
    }

    @Test
    void stagedStepsDrawOnAllSlotsAndUpdateOnOneEach() {
        RoundTime six = time(Worked.load(), Worked.apart(6), Way.STAGED);
        assertThat(six.rollouts()).isCloseTo(2 * 0.8, EXACT);
        assertThat(six.scoring()).isCloseTo(2 * 16 * 0.3, EXACT);
        assertThat(six.updates()).isCloseTo(2 * 4.84, EXACT);
        assertThat(six.steps()).isCloseTo(2 * 0.125, EXACT);
    }

    @Test
    void sharedUpdatesAreParts() {
        // of 3 learners: 12 parts of the rollout on 6 slots, then 4 times 6 parts of minibatches and 3 steps of 0.25
        RoundTime six = time(Worked.load(), Worked.apart(6), Way.SHARED);
        assertThat(six.updates()).isCloseTo(2 * (2 * 0.16 + 4 * (0.4 + 0.75)), EXACT);
        assertThat(six.steps()).isCloseTo(2 * 6 * 0.0625, EXACT);
    }

    @Test
    void anEvaluationDrawsScoresAndComparesWithTheReference() {
        // 7 micro-batches of 100 samples in two waves of 4 slots
        double each = (0.8 / 16 + 0.3 + 2 * 0.02) * 100 / 7;
        assertThat(RoundTime.evaluation(Worked.load(), Worked.rates(), Worked.apart(4), 100))
                .isCloseTo(2 * each + 3 + 1, EXACT);
        assertThat(RoundTime.evaluation(Worked.load(), Worked.rates(), Worked.apart(4), 0))
                .isZero();
    }
}

package io.solera.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.train.ExecutionPlan.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestRoundBytes {
    private static final double P = 4.0 * Worked.PARAMETERS;

    private static RoundBytes bytes(Way way, int executors, String... overrides) {
        return RoundBytes.of(Worked.load(overrides), Worked.rates(), Worked.apart(executors), way);
    }

    @Test
    void fusedRoundsSendRhoOutAndThetasBackHoweverManySteps() {
        RoundBytes two = bytes(Way.FUSED, 2);
        assertThat(two.start()).isEqualTo(2 * P);
        assertThat(two.end()).isEqualTo(2 * 3 * P);
        assertThat(two.stepsDown() + two.stepsUp()).isZero();
        RoundBytes eight = bytes(Way.FUSED, 2, "steps-per-round=8");
        assertThat(eight.start() + eight.end()).isEqualTo(two.start() + two.end());
        // an executor without a learner gets nothing
        assertThat(bytes(Way.FUSED, 8).start()).isEqualTo(3 * P);
    }

    @Test
    void stagedStepsReadStatesInBetween() {
        // before the second step: 2 executors draw from 3 learners, 4 of 6 pairs, and each learner reads its state
        assertThat(bytes(Way.STAGED, 2).stepsDown()).isEqualTo((4 + 9) * P + 2 * 96 * 500);
    }

    @Test
    void sharedStepsSendThetaOutAndSumsBackForEachMinibatch() {
        RoundBytes two = bytes(Way.SHARED, 2);
        assertThat(two.end()).isZero();
        assertThat(two.stepsDown()).isEqualTo(4 * P + 2 * 3 * 4 * 2 * P);
        // a minibatch is two parts, each with a task whose sum is a vector
        assertThat(two.stepsUp()).isEqualTo(2 * (3 * 4 * 2 * P + 96 * (1000 + 160)));
    }

    @Test
    void sharedStepsSendThetaOnlyToExecutorsThatHaveAPart() {
        // of 4 executors 2 have a part of the rollout, and one the only part of a minibatch
        assertThat(bytes(Way.SHARED, 4, "update-batch=16").stepsDown()).isEqualTo(6 * P + 2 * 3 * 4 * P);
    }

    @ParameterizedTest
    @CsvSource({"0, 8, 1", "0, 7, 3", "1, 2, 1", "1, 8, 3", "2, 5, 2", "0, 1, 1"})
    void nodesAreWhatATaskHasWhole(long first, long end, int nodes) {
        assertThat(RoundBytes.nodes(first, end)).isEqualTo(nodes);
    }

    @Test
    void anExecutorsShareComesInGenerationsAndTheDriversOneAfterTheOther() {
        RoundBytes bytes = new RoundBytes(300, 50, 0, 0, 0, 0, 0, 0);
        // of 3 executors: 100 bytes each in log2(4) generations, and 50 at the driver
        assertThat(bytes.seconds(Worked.apart(3), 10)).isEqualTo((100 * 2 + 50) / 10.0);
    }
}

package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.blend.Scalarization;
import org.junit.jupiter.api.Test;

class TestGae {

    private static final float[][] REWARDS = {{0, 0, 1}, {2}};
    private static final float[][] VALUES = {{0.5f, 0.25f, 0.5f}, {0.5f}};

    @Test
    void addsUpDiscountedResiduals() {
        // delta = (-0.375, 0, 0.5) with gamma 0.5: 0 + 0.5 0.25 - 0.5, 0 + 0.5 0.5 - 0.25, 1 - 0.5
        Gae.Estimate estimate = new Gae(0.5, 0.5).estimate(REWARDS, VALUES);
        assertThat(estimate.advantages()[0]).containsExactly(-0.34375f, 0.125f, 0.5f);
        assertThat(estimate.returns()[0]).containsExactly(0.15625f, 0.375f, 1);
        assertThat(estimate.advantages()[1]).containsExactly(1.5f);
        assertThat(estimate.returns()[1]).containsExactly(2);
    }

    @Test
    void lambdaOneIsTheRewardToGoLessTheValue() {
        Gae.Estimate estimate = new Gae(1, 1).estimate(REWARDS, VALUES);
        assertThat(estimate.returns()[0]).containsExactly(1, 1, 1);
        assertThat(estimate.advantages()[0]).containsExactly(0.5f, 0.75f, 0.5f);
    }

    @Test
    void lambdaZeroIsOneStepAhead() {
        assertThat(new Gae(1, 0).estimate(REWARDS, VALUES).returns()[0]).containsExactly(0.25f, 0.5f, 1);
    }

    @Test
    void scoreStandsOnTheLastToken() {
        assertThat(TokenRewards.atEnd(new double[] {3, Double.NaN}, new float[2][2]))
                .isDeepEqualTo(new float[][] {{0, 3}, {0, 0}});
    }

    @Test
    void whitensOverTokensOfSamplesThatAreNotMissing() {
        float[][] advantages = {{1, 2}, {1000, 1000, 1000}, {3}};
        float[][] whitened = Whitening.advantages(advantages, new boolean[] {false, true, false});
        assertThat(whitened[0][0]).isCloseTo(-1, within(1e-6f));
        assertThat(whitened[0][1]).isZero();
        assertThat(whitened[1]).containsExactly(0, 0, 0);
        assertThat(whitened[2][0]).isCloseTo(1, within(1e-6f));
    }

    @Test
    void whitensNothingToNothing() {
        assertThat(Whitening.advantages(new float[][] {{5, 5}}, new boolean[] {false})[0])
                .containsExactly(0, 0);
        assertThat(Whitening.advantages(new float[][] {{5, 5}}, new boolean[] {true})[0])
                .containsExactly(0, 0);
    }

    @Test
    void standardisesScoresAroundMissingOnes() {
        double[] scores = {1, Double.NaN, 3};
        assertThat(Whitening.missing(scores)).containsExactly(false, true, false);
        double[] standard = Whitening.scores(scores);
        assertThat(standard[0]).isCloseTo(-Math.sqrt(0.5), within(1e-8));
        assertThat(standard[1]).isNaN();
        assertThat(standard[2]).isCloseTo(Math.sqrt(0.5), within(1e-8));
    }

    @Test
    void scalarisesStandardisedRewards() {
        double[][] rewards = {{1, 2, 3}, {500, 500, 500}, {30, 10, Double.NaN}, {Double.NaN, 0, 0}};
        double[] scores = Scalarization.scores(rewards, new double[] {1, 1, 2, 0});
        assertThat(scores[0]).isCloseTo((-1 + 2 * Math.sqrt(0.5)) / 4, within(1e-7));
        assertThat(scores[1]).isCloseTo(-2 * Math.sqrt(0.5) / 4, within(1e-7));
        assertThat(scores[2]).isNaN();
    }

    @Test
    void rejectsWhatIsNotADiscount() {
        assertThatThrownBy(() -> new Gae(1.5, 0.95))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid gamma: 1.5 (must be from 0 to 1)");
        assertThatThrownBy(() -> new Gae(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid lambda: NaN (must be from 0 to 1)");
        assertThatThrownBy(() -> new Gae(1, 1).estimate(REWARDS, new float[][] {{1, 2, 3}, {1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot combine tokens: sample 1 has different lengths (1 and 2)");
    }
}

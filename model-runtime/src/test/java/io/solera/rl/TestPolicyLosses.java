package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.measure.Interval;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TestPolicyLosses {

    private static final float[][] PRESENT = {{-1.0f, -0.5f, -2.0f}, {-0.25f, -1.5f}};
    private static final float[][] OLD = {{-1.05f, -1.0f, -1.5f}, {-0.3f, -1.45f}};
    private static final float[][] ADVANTAGES = {{1, 1, 1}, {-0.5f, 2}};

    @Test
    void clipsOnlyWhatWouldGoFurther() {
        // ratios e^0, e^0.5 = 1.65, e^-0.5 = 0.61, with advantages of both signs
        float[][] logs = {{-1, -1, -1, -1, -1}};
        float[][] old = {{-1, -1.5f, -1.5f, -0.5f, -0.5f}};
        float[][] advantages = {{1, 1, -1, 1, -1}};
        ClippedLoss.Result result = new ClippedLoss(0.2).of(logs, old, advantages, 5);
        double up = Math.exp(0.5);
        double down = Math.exp(-0.5);
        assertThat(result.coefficients()[0])
                .containsExactly(-0.2f, 0, (float) (up / 5), (float) (-down / 5), 0); // the 2nd and the 5th are cut off
        assertThat(result.loss()).isCloseTo((-1 - 1.2 + up - down + 0.8) / 5, within(1e-12));
        assertThat(result.clipFraction()).isEqualTo(0.4);
        assertThat(result.approximateKl()).isCloseTo((2 * (up - 1 - 0.5) + 2 * (down - 1 + 0.5)) / 5, within(1e-12));
    }

    @Test
    void clippedCoefficientsAreTheDerivativesOfTheLoss() {
        ClippedLoss loss = new ClippedLoss(0.2);
        assertDerivatives(
                logs -> loss.of(logs, OLD, ADVANTAGES, 5).loss(),
                logs -> loss.of(logs, OLD, ADVANTAGES, 5).coefficients());
    }

    @Test
    void partsOfAMinibatchAddUp() {
        ClippedLoss loss = new ClippedLoss(0.2);
        ClippedLoss.Result whole = loss.of(PRESENT, OLD, ADVANTAGES, 5);
        double sum = 0;
        for (int b = 0; b < 2; b++) {
            ClippedLoss.Result part =
                    loss.of(new float[][] {PRESENT[b]}, new float[][] {OLD[b]}, new float[][] {ADVANTAGES[b]}, 5);
            assertThat(part.coefficients()[0]).isEqualTo(whole.coefficients()[b]);
            sum += part.loss();
        }
        assertThat(sum).isCloseTo(whole.loss(), within(1e-15));
    }

    @Test
    void sampleAdvantagesReachEveryToken() {
        ClippedLoss.Result result = new ClippedLoss(0.2).ofSamples(PRESENT, PRESENT, new double[] {3, 0}, 5);
        assertThat(result.coefficients()).isDeepEqualTo(new float[][] {{-0.6f, -0.6f, -0.6f}, {0, 0}});
        assertThat(result.approximateKl()).isZero();
    }

    @Test
    void divergenceIsMeasuredAndDescended() {
        KlPenalty penalty = new KlPenalty(0.5);
        KlPenalty.Result result = penalty.of(new float[][] {{-1, -2}}, new float[][] {{-2, -2}}, 2);
        assertThat(result.kl()).isCloseTo((Math.exp(-1) + 1 - 1) / 2, within(1e-12));
        assertThat(result.coefficients()[0][0]).isCloseTo((float) (0.5 * (1 - Math.exp(-1)) / 2), within(1e-7f));
        assertThat(result.coefficients()[0][1]).isZero();
        assertDerivatives(
                logs -> 0.5 * penalty.of(logs, OLD, 5).kl(),
                logs -> penalty.of(logs, OLD, 5).coefficients());
    }

    @Test
    void meanDivergenceOfManySamplesIsTheExactOne() {
        // Two tokens: pi = (0.7, 0.3), reference = (0.4, 0.6)
        double exact = 0.7 * Math.log(0.7 / 0.4) + 0.3 * Math.log(0.3 / 0.6);
        RandomKey key = RandomKey.of(1);
        int n = 100_000;
        float[][] logs = new float[n][1];
        float[][] reference = new float[n][1];
        for (int b = 0; b < n; b++) {
            boolean first = key.uniform(b) < 0.7;
            logs[b][0] = (float) Math.log(first ? 0.7 : 0.3);
            reference[b][0] = (float) Math.log(first ? 0.4 : 0.6);
        }
        assertThat(new KlPenalty(1).of(logs, reference, n).kl()).isCloseTo(exact, within(0.003));
        assertThat(Interval.ofMean(KlPenalty.perSample(logs, reference)).mean()).isCloseTo(exact, within(0.01));
    }

    @Test
    void divergenceInTheRewardFallsOnEveryToken() {
        float[][] rewards = new KlPenalty(0.5)
                .inReward(new double[] {2, Double.NaN}, new float[][] {{-1, -1}, {-1}}, new float[][] {{-2, 0}, {-3}});
        assertThat(rewards).isDeepEqualTo(new float[][] {{-0.5f, 2.5f}, {-1}});
    }

    @Test
    void augmentedLikelihoodPullsTowardsTheScore() {
        // log pi = -3, augmented = -5 + 4 1 = -1: difference -2
        AugmentedLikelihood.Result result = new AugmentedLikelihood(4)
                .of(new float[][] {{-1, -2}, {-1}}, new float[][] {{-2, -3}, {-1}}, new double[] {1, Double.NaN}, 2);
        assertThat(result.loss()).isEqualTo(2);
        assertThat(result.coefficients()).isDeepEqualTo(new float[][] {{-2, -2}, {0}});
    }

    @Test
    void augmentedCoefficientsAreTheDerivativesOfTheLoss() {
        AugmentedLikelihood loss = new AugmentedLikelihood(3);
        double[] scores = {0.2, 0.9};
        assertDerivatives(
                logs -> loss.of(logs, OLD, scores, 2).loss(),
                logs -> loss.of(logs, OLD, scores, 2).coefficients());
    }

    @Test
    void weightedCoefficientsOfSeveralRewardsAddUp() {
        float[][] sum = Ragged.zerosLike(PRESENT);
        Ragged.add(sum, 0.5, ADVANTAGES);
        Ragged.add(sum, 2, ADVANTAGES);
        assertThat(sum).isDeepEqualTo(new float[][] {{2.5f, 2.5f, 2.5f}, {-1.25f, 5}});
        assertThat(Ragged.tokens(sum)).isEqualTo(5);
        assertThat(Ragged.sums(sum)).containsExactly(7.5, 3.75);
    }

    @Test
    void rejectsSettingsOutOfRange() {
        assertThatThrownBy(() -> new ClippedLoss(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid clip-range: 0 (must be above 0)");
        assertThatThrownBy(() -> new KlPenalty(-0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid kl-coefficient: -0.1 (must be 0 or more)");
        assertThatThrownBy(() -> new AugmentedLikelihood(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid sigma: Infinity (must be above 0)");
        assertThatThrownBy(() -> new AugmentedLikelihood(1).of(PRESENT, OLD, new double[3], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot combine samples: their numbers differ (3 and 2)");
        assertThatThrownBy(() -> new KlPenalty(1).of(PRESENT, new float[1][1], 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot combine samples: their numbers differ (2 and 1)");
    }

    private static void assertDerivatives(
            ToDoubleFunction<float[][]> loss, Function<float[][], float[][]> coefficients) {
        float step = 0x1p-8f;
        float[][] expected = coefficients.apply(PRESENT);
        for (int b = 0; b < PRESENT.length; b++) {
            for (int t = 0; t < PRESENT[b].length; t++) {
                float value = PRESENT[b][t];
                PRESENT[b][t] = value + step;
                double above = loss.applyAsDouble(PRESENT);
                PRESENT[b][t] = value - step;
                double below = loss.applyAsDouble(PRESENT);
                PRESENT[b][t] = value;
                assertThat((above - below) / (2 * step)).isCloseTo(expected[b][t], within(1e-4));
            }
        }
    }
}

package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class TestTokenDraw {
    /** Probabilities 0.1, 0.2, 0.3, 0.4. */
    private static final float[] LOGITS = {
        (float) Math.log(0.1), (float) Math.log(0.2), (float) Math.log(0.3), (float) Math.log(0.4)
    };

    private static TokenDraw draw(double temperature, int topK, double topP) {
        return new TokenDraw(new SamplingSettings(10, temperature, topK, topP), 4, new BitSet());
    }

    private static int[] tokens(TokenDraw draw, double... uniforms) {
        int[] tokens = new int[uniforms.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = draw.draw(LOGITS, 0, uniforms[i]);
        }
        return tokens;
    }

    @Test
    void invertsTheCumulativeDistributionInTheOrderOfIds() {
        assertThat(tokens(draw(1, 0, 1), 0, 0.09, 0.11, 0.29, 0.31, 0.59, 0.61, Math.nextDown(1.0)))
                .containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void whatIsNeverDrawnLeavesItsShareToTheOthers() {
        BitSet never = new BitSet();
        never.set(0);
        never.set(2);
        // 0.2 and 0.4 of 0.6
        TokenDraw draw = new TokenDraw(new SamplingSettings(10, 1, 0, 1), 4, never);
        assertThat(tokens(draw, 0, 0.32, 0.34, 0.99)).containsExactly(1, 1, 3, 3);
        draw.draw(LOGITS, 0, 0);
        assertThat(draw.logProbability()).as("of the whole distribution").isCloseTo(Math.log(0.2), within(1e-6));
        assertThat(tokens(new TokenDraw(new SamplingSettings(10, 1, 3, 0.6), 4, never), 0, 0.99))
                .as("with the truncations")
                .containsExactly(3, 3);
        float[] padding = {0, -1000, 0, -1000};
        assertThatThrownBy(() -> draw.draw(padding, 0, 0.5))
                .isInstanceOf(DivergedPolicyException.class)
                .hasMessageStartingWith("Cannot sample: the policy gives all probability to padding ");
    }

    @Test
    void readsAtTheOffset() {
        float[] logits = {9, 9, LOGITS[0], LOGITS[1], LOGITS[2], LOGITS[3]};
        assertThat(draw(1, 0, 1).draw(logits, 2, 0.31)).isEqualTo(2);
    }

    @Test
    void temperatureSharpens() {
        // squares 0.01, 0.04, 0.09, 0.16 of 0.30
        TokenDraw draw = draw(0.5, 0, 1);
        assertThat(tokens(draw, 0.032, 0.034, 0.16, 0.17, 0.46, 0.47)).containsExactly(0, 1, 1, 2, 2, 3);
        draw.draw(LOGITS, 0, 0.4);
        assertThat(draw.logProbability()).isCloseTo(Math.log(0.3), within(1e-6));
    }

    @Test
    void topKKeepsTheMostProbable() {
        TokenDraw draw = draw(1, 2, 1);
        assertThat(tokens(draw, 0, 0.42, 0.44, 0.99)).containsExactly(2, 2, 3, 3);
        draw.draw(LOGITS, 0, 0);
        assertThat(draw.logProbability()).as("untruncated").isCloseTo(Math.log(0.3), within(1e-6));
        assertThat(tokens(draw(1, 1, 1), 0, 0.5, 0.99)).containsExactly(3, 3, 3);
        assertThat(tokens(draw(1, 9, 1), 0, 0.99)).as("more than there are").containsExactly(0, 3);
    }

    @Test
    void topPKeepsTheSmallestSetThatReachesIt() {
        assertThat(tokens(draw(1, 0, 0.35), 0, 0.99)).containsExactly(3, 3);
        assertThat(tokens(draw(1, 0, 0.5), 0, 0.42, 0.44)).containsExactly(2, 2, 3);
    }

    @Test
    void topPCountsWithinTopK() {
        // of 0.4, 0.3, 0.2 the first two are 78 %
        assertThat(tokens(draw(1, 3, 0.75), 0, 0.42, 0.44)).containsExactly(2, 2, 3);
        assertThat(tokens(draw(1, 3, 0.8), 0, 0.23)).containsExactly(1, 2);
    }

    @Test
    void tiesAtTheEdgeStayIn() {
        TokenDraw draw = draw(1, 1, 1);
        float[] equal = new float[4];
        assertThat(draw.draw(equal, 0, 0.1)).isZero();
        assertThat(draw.draw(equal, 0, 0.9)).isEqualTo(3);
    }

    @Test
    void neverDrawsWhatCannotBe() {
        float[] logits = {0, Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};
        TokenDraw draw = draw(1, 0, 1);
        assertThat(draw.draw(logits, 0, 0.5)).isEqualTo(2);
        assertThat(draw.draw(logits, 0, Math.nextDown(1.0))).isEqualTo(2);
        assertThat(draw.logProbability()).isCloseTo(-Math.log(2), within(1e-12));
    }

    @Test
    void logitsThatAreNoNumbersAreRefused() {
        float inf = Float.POSITIVE_INFINITY;
        for (float[] logits : new float[][] {
            {0, Float.NaN, 0, 0}, {Float.NaN, Float.NaN, Float.NaN, Float.NaN}, {0, inf, 0, 0}, {-inf, -inf, -inf, -inf}
        }) {
            assertThatThrownBy(() -> draw(1, 0, 1).draw(logits, 0, 0.5))
                    .isInstanceOf(DivergedPolicyException.class)
                    .hasMessageStartingWith(
                            "Cannot sample: the policy's logits are not finite (its weights are damaged");
        }
    }
}

package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestAdamW {

    private static final AdamW.Settings SETTINGS = new AdamW.Settings(0.9, 0.999, 1e-8, 0.01);

    @Test
    void firstStepMovesByTheLearningRate() {
        BlockVector parameters = BlockVector.of(1, -2, 0);
        new AdamW(new AdamW.Settings(0.9, 0.999, 1e-8, 0), AdamW.State.fresh(3))
                .step(parameters, BlockVector.of(100, -0.001f, 0), 0.5);
        assertThat(parameters.toArray()).containsExactly(new float[] {0.5f, -1.5f, 0}, within(1e-4f));
    }

    @Test
    void agreesWithTheFormulaInDoublePrecision() {
        BlockVector parameters = BlockVector.of(0.3f);
        AdamW optimizer = new AdamW(SETTINGS, AdamW.State.fresh(1));
        double theta = 0.3f;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 200; t++) {
            float g = (float) RandomKey.of(2).gaussian(t);
            optimizer.step(parameters, BlockVector.of(g), 0.01);
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            theta -= 0.01 * 0.01 * theta;
            theta -= 0.01 * m / (1 - Math.pow(0.9, t)) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
        }
        assertThat((double) parameters.at(0)).isCloseTo(theta, within(2e-6));
        assertThat((double) optimizer.state().second().block(0)[0]).isCloseTo(v, within(1e-6));
    }

    @Test
    void stateCarriesOnWhereItWas() {
        BlockVector parameters = BlockVector.of(1, 2);
        AdamW optimizer = new AdamW(SETTINGS, AdamW.State.fresh(2));
        optimizer.step(parameters, BlockVector.of(1, -1), 0.1);
        AdamW restored = new AdamW(SETTINGS, optimizer.state().copy());
        BlockVector copy = parameters.copy();
        optimizer.step(parameters, BlockVector.of(3, 2), 0.1);
        restored.step(copy, BlockVector.of(3, 2), 0.1);
        assertThat(copy).isEqualTo(parameters);
        assertThat(restored.state()).isEqualTo(optimizer.state());
    }

    @Test
    void clipsTheNorm() {
        BlockVector gradient = BlockVector.of(3, 4);
        assertThat(AdamW.clip(gradient, 0)).isEqualTo(5);
        assertThat(gradient.toArray()).containsExactly(3, 4);
        assertThat(AdamW.clip(gradient, 1)).isEqualTo(5);
        assertThat(gradient.toArray()).containsExactly(new float[] {0.6f, 0.8f}, within(1e-7f));
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> new AdamW.Settings(1, 0.999, 1e-8, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid beta1: 1 (must be 0 or more and below 1)");
        assertThatThrownBy(() ->
                        new AdamW(SETTINGS, AdamW.State.fresh(2)).step(BlockVector.zeros(2), BlockVector.zeros(3), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot step: sizes differ (2 parameters, 3 gradients, 2 moments)");
    }
}

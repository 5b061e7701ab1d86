package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestCritic {

    private static final int WIDTH = 6;
    private static final Critic.Settings SETTINGS =
            new Critic.Settings(List.of(5, 4), new ValueLoss(0.2, 0.5), 0, new AdamW.Settings(0.9, 0.999, 1e-8, 0));

    private final float[][] hidden = {random("a", 3 * WIDTH), random("b", WIDTH), random("c", 2 * WIDTH)};
    private final float[][] returns = {{0.3f, -1, 0.5f}, {2}, {9, 9}};
    private final boolean[] missing = {false, false, true};

    @Test
    void beginsAsZeroAndTheSameForTheSameKey() {
        Critic.State state = Critic.State.initial(SETTINGS, WIDTH, RandomKey.of(3));
        assertThat(new Critic(SETTINGS, WIDTH, state).values(hidden)[0]).containsExactly(0, 0, 0);
        assertThat(state.parameters())
                .isEqualTo(
                        Critic.State.initial(SETTINGS, WIDTH, RandomKey.of(3)).parameters());
        assertThat(state.parameters())
                .isNotEqualTo(
                        Critic.State.initial(SETTINGS, WIDTH, RandomKey.of(4)).parameters());
        assertThat(state.parameters().size()).isEqualTo((6 + 1) * 5 + (5 + 1) * 4 + 4 + 1);
    }

    @Test
    void oneHiddenUnitByHand() {
        Mlp mlp = new Mlp(2, List.of(1));
        float[] parameters = {1, -2, 0.5f, 3, 0.25f}; // relu(x - 2 y + 0.5) 3 + 0.25
        assertThat(mlp.forward(parameters, new float[] {1, 0.25f, 0, 5})).containsExactly(3.25f, 0.25f);
        float[] gradient = new float[5];
        mlp.backward(
                parameters,
                mlp.activations(parameters, new float[] {1, 0.25f, 0, 5}),
                new float[] {2, 10},
                gradient,
                new float[0]);
        assertThat(gradient).containsExactly(6, 1.5f, 6, 2, 12);
        // d/dx = 1 * 3, d/dy = -2 * 3 where the unit is on; what was there stays
        float[] inputs = {1, 0, 0, 1};
        mlp.backward(
                parameters,
                mlp.activations(parameters, new float[] {1, 0.25f, 0, 5}),
                new float[] {2, 10},
                gradient,
                inputs);
        assertThat(inputs).containsExactly(7, -12, 0, 1);
    }

    @Test
    void gradientAgreesWithFiniteDifferences() {
        float[] parameters = random("parameters", new Mlp(WIDTH, SETTINGS.hiddenLayers()).size());
        float[][] old = critic(parameters).values(hidden);
        old[0][0] -= 0.5f; // moved up by more than 0.2 towards its return: cut off
        returns[0][0] = old[0][0] + 3;
        old[0][1] += 0.05f;
        Critic.Gradient result = critic(parameters).gradient(hidden, old, returns, missing, 6);
        assertThat(result.clipFraction()).isEqualTo(1 / 6.0);
        float[] gradient = result.values();
        float step = 0x1p-9f;
        for (int k = 0; k < parameters.length; k++) {
            float value = parameters[k];
            parameters[k] = value + step;
            double above = critic(parameters)
                    .gradient(hidden, old, returns, missing, 6)
                    .loss();
            parameters[k] = value - step;
            double below = critic(parameters)
                    .gradient(hidden, old, returns, missing, 6)
                    .loss();
            parameters[k] = value;
            assertThat((above - below) / (2 * step)).as("parameter " + k).isCloseTo(gradient[k], within(2e-3));
        }
    }

    @Test
    void gradientOfHiddenStatesAgreesWithFiniteDifferences() {
        float[] parameters = random("parameters", new Mlp(WIDTH, SETTINGS.hiddenLayers()).size());
        Critic critic = critic(parameters);
        float[][] old = critic.values(hidden);
        old[0][0] -= 0.5f; // cut off, as above
        returns[0][0] = old[0][0] + 3;
        float[][] ofHidden = Ragged.zerosLike(hidden);
        Critic.Gradient result = critic.gradient(hidden, old, returns, missing, 6, 3, ofHidden);
        assertThat(result.values())
                .isEqualTo(critic.gradient(hidden, old, returns, missing, 6).values());
        assertThat(Arrays.copyOf(ofHidden[0], WIDTH)).containsOnly(0);
        assertThat(ofHidden[2]).as("of a missing sample").containsOnly(0);
        assertThat(ofHidden[1]).isNotEqualTo(new float[WIDTH]);
        float step = 0x1p-9f;
        for (int b = 0; b < hidden.length; b++) {
            for (int k = 0; k < hidden[b].length; k++) {
                float value = hidden[b][k];
                hidden[b][k] = value + step;
                double above = critic.gradient(hidden, old, returns, missing, 6).loss();
                hidden[b][k] = value - step;
                double below = critic.gradient(hidden, old, returns, missing, 6).loss();
                hidden[b][k] = value;
                assertThat(3 * (above - below) / (2 * step))
                        .as("number %d of sample %d", k, b)
                        .isCloseTo(ofHidden[b][k], within(6e-3));
            }
        }
    }

    @Test
    void valueLossClipsByHand() {
        float[][] values = {{1, 1, 1}, {7}};
        float[][] old = {{0, 0.9f, 0}, {0}};
        float[][] targets = {{2, 2, 0}, {0}};
        // 1st: clipped (0.2 - 2)^2 > (1 - 2)^2, so no gradient; 2nd: within the range; 3rd: (1 - 0)^2 > (0.2 - 0)^2
        ValueLoss.Result result = new ValueLoss(0.2, 0.5).of(values, old, targets, new boolean[] {false, true}, 4);
        assertThat(result.derivatives()).isDeepEqualTo(new float[][] {{0, -0.125f, 0.125f}, {0}});
        assertThat(result.loss()).isCloseTo(0.25 * (3.24 + 1 + 1) / 4, within(1e-6));
        assertThat(result.clipFraction()).isEqualTo(0.25);
    }

    @Test
    void learnsItsReturns() {
        Critic.Settings settings =
                new Critic.Settings(List.of(16, 8), new ValueLoss(10, 1), 1, new AdamW.Settings(0.9, 0.999, 1e-8, 0));
        Critic critic = new Critic(settings, WIDTH, Critic.State.initial(settings, WIDTH, RandomKey.of(1)));
        double before = ExplainedVariance.of(returns, critic.values(hidden), missing);
        for (int step = 0; step < 500; step++) {
            critic.step(
                    critic.gradient(hidden, critic.values(hidden), returns, missing, 6)
                            .values(),
                    0.01);
        }
        assertThat(before).isZero();
        assertThat(ExplainedVariance.of(returns, critic.values(hidden), missing))
                .isGreaterThan(0.999);
    }

    @Test
    void stateCarriesOnWhereItWas() throws IOException, ClassNotFoundException {
        Critic through = new Critic(SETTINGS, WIDTH, Critic.State.initial(SETTINGS, WIDTH, RandomKey.of(1)));
        train(through, 3);
        Critic restored = new Critic(SETTINGS, WIDTH, copy(through.state()));
        train(through, 3);
        train(restored, 3);
        assertThat(restored.state().parameters()).isEqualTo(through.state().parameters());
        assertThat(restored.state().moments()).isEqualTo(through.state().moments());
        assertThat(through.state().moments().steps()).isEqualTo(6);
    }

    @Test
    void explainedVarianceOfAConstantIsZero() {
        boolean[] none = {false};
        assertThat(ExplainedVariance.of(new float[][] {{1, 3}}, new float[][] {{5, 5}}, none))
                .isZero();
        assertThat(ExplainedVariance.of(new float[][] {{1, 3}}, new float[][] {{2, 4}}, none))
                .isEqualTo(1);
        assertThat(ExplainedVariance.of(new float[][] {{1, 1}}, new float[][] {{5, 5}}, none))
                .isNaN();
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> new Critic(SETTINGS, 7, Critic.State.initial(SETTINGS, 6, RandomKey.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot restore a critic: its state has another size (64, not 69)");
        assertThatThrownBy(() -> new Critic.Settings(List.of(0), SETTINGS.loss(), 0, SETTINGS.optimizer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid hidden-layers: 0 (must be 1 or more)");
        assertThatThrownBy(() -> new ValueLoss(0.2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid value-coefficient: 0 (must be above 0)");
    }

    private void train(Critic critic, int steps) {
        for (int step = 0; step < steps; step++) {
            critic.step(
                    critic.gradient(hidden, critic.values(hidden), returns, missing, 6)
                            .values(),
                    0.01);
        }
    }

    private static Critic critic(float[] parameters) {
        return new Critic(
                SETTINGS, WIDTH, new Critic.State(BlockVector.of(parameters), AdamW.State.fresh(parameters.length)));
    }

    private static float[] random(String name, int size) {
        float[] values = new float[size];
        for (int k = 0; k < size; k++) {
            values[k] = (float) RandomKey.of(8).with(name).gaussian(k);
        }
        return values;
    }

    private static Critic.State copy(Critic.State state) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Critic.State) in.readObject();
        }
    }
}

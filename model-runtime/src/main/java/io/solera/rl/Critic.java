package io.solera.rl;

import java.io.Serializable;
import java.util.List;

/**
 * The value function of one reward: an {@link Mlp} head on a network's hidden state before each token, trained by
 * {@link ValueLoss} with an {@link AdamW} of its own. An instance belongs to one thread; {@link #state} outlives it.
 */
public final class Critic {
    /**
     * @param hiddenLayers layer widths, starting at the input (the paper: 16, 8)
     * @param gradientClip maximum norm of a step's gradient, 0 for none
     */
    public record Settings(List<Integer> hiddenLayers, ValueLoss loss, double gradientClip, AdamW.Settings optimizer)
            implements Serializable {
        public Settings {
            hiddenLayers = List.copyOf(hiddenLayers);
            hiddenLayers.forEach(width -> Setting.atLeast("hidden-layers", width, 1));
            Setting.atLeast("value-gradient-clip", gradientClip, 0);
        }
    }

    /** Parameters and moments. */
    public record State(BlockVector parameters, AdamW.State moments) implements Serializable {
        /** A critic that predicts 0 everywhere, for hidden states of the given width. */
        public static State initial(Settings settings, int width, RandomKey key) {
            Mlp mlp = new Mlp(width, settings.hiddenLayers());
            return new State(BlockVector.of(mlp.initial(key)), AdamW.State.fresh(mlp.size()));
        }
    }

    /** The loss and its gradient with respect to the parameters; clipFraction as in {@link ValueLoss}. */
    public record Gradient(float[] values, double loss, double clipFraction) {}

    private final Settings settings;
    private final Mlp mlp;
    private final float[] parameters;
    private final AdamW optimizer;

    /** @param width of the hidden states */
    public Critic(Settings settings, int width, State state) {
        this.settings = settings;
        this.mlp = new Mlp(width, settings.hiddenLayers());
        if (state.parameters().size() != mlp.size()) {
            throw new IllegalArgumentException("Cannot restore a critic: its state has another size (%d, not %d)"
                    .formatted(state.parameters().size(), mlp.size()));
        }
        this.parameters = state.parameters().toArray();
        this.optimizer = new AdamW(settings.optimizer(), state.moments());
    }

    /** A copy of the current state. */
    public State state() {
        return new State(BlockVector.of(parameters), optimizer.state());
    }

    /** Values [b][t] from hidden states [b][T_b x D, row-major]. */
    public float[][] values(float[][] hidden) {
        float[][] values = new float[hidden.length][];
        for (int b = 0; b < hidden.length; b++) {
            values[b] = mlp.forward(parameters, hidden[b]);
        }
        return values;
    }

    /** Arguments as of {@link ValueLoss#of}. */
    public Gradient gradient(float[][] hidden, float[][] old, float[][] returns, boolean[] missing, long tokens) {
        return gradient(hidden, old, returns, missing, tokens, 0, new float[0][]);
    }

    /**
     * The same, and hiddenGradient += factor dL/dhidden, for callers that train the hidden states too.
     *
     * @param hiddenGradient [b][T_b x D, row-major]; empty if not needed
     */
    public Gradient gradient(
            float[][] hidden,
            float[][] old,
            float[][] returns,
            boolean[] missing,
            long tokens,
            double factor,
            float[][] hiddenGradient) {
        float[][][] activations = new float[hidden.length][][];
        float[][] values = new float[hidden.length][];
        for (int b = 0; b < hidden.length; b++) {
            activations[b] = mlp.activations(parameters, hidden[b]);
            values[b] = activations[b][activations[b].length - 1];
        }
        ValueLoss.Result result = settings.loss().of(values, old, returns, missing, tokens);
        float[] gradient = new float[parameters.length];
        for (int b = 0; b < hidden.length; b++) {
            if (!missing[b]) {
                float[] inputs = new float[hiddenGradient.length == 0 ? 0 : hidden[b].length];
                mlp.backward(parameters, activations[b], result.derivatives()[b], gradient, inputs);
                for (int k = 0; k < inputs.length; k++) {
                    hiddenGradient[b][k] += (float) (factor * inputs[k]);
                }
            }
        }
        return new Gradient(gradient, result.loss(), result.clipFraction());
    }

    /** One gradient step. Clips the gradient in place and returns its norm before clipping. */
    public double step(float[] gradient, double learningRate) {
        double norm = AdamW.clip(gradient, settings.gradientClip());
        optimizer.step(parameters, gradient, learningRate);
        return norm;
    }
}

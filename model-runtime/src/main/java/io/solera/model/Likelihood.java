package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.text.SpecialTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Log-probabilities of given sequences under a network, and gradients of weighted sums of them. Every loss of policy optimisation
 * reaches the network through the one operation here: the gradient of sum c log pi, where c = dL/dlog pi is plain Java, and of
 * sum g h beside it, where a loss reads the hidden states h too and g = dL/dh.
 */
public final class Likelihood {
    /** Sequences in one forward pass: few, so that little is padding and the activations stay in the processor's cache. */
    public static final int ROWS = 32;

    private final Network network;
    private final SpecialTokens special;
    private final double temperature;

    /** @param temperature logits are divided by it, as in generation */
    public Likelihood(Network network, SpecialTokens special, double temperature) {
        this.network = network;
        this.special = special;
        this.temperature = temperature;
    }

    /**
     * What a network says of sequences: {@code logProbabilities[b][t]} of token t, and {@code entropy[b][t]}, in nats, of the
     * distribution it was drawn from.
     */
    public record Tokens(float[][] logProbabilities, float[][] entropy) {}

    /** Log-probabilities [b][t] of every token of every sequence, given its prompt and the tokens before it. */
    public float[][] logProbabilities(List<Sequence> sequences) {
        float[][] result = new float[sequences.size()][];
        for (TokenBatch batch : TokenBatch.byLength(sequences, special)) {
            try (NDManager scope = network.scope(false)) {
                NDArray hidden = network.hidden(batch.inputs(scope), null);
                batch.spread(Torch.read(picked(logSoftmax(hidden), batch)), 1, result);
            }
        }
        return result;
    }

    /** The hidden state [T_b x D, row-major] before each token of each sequence: the features of a critic. */
    public float[][] hidden(List<Sequence> sequences) {
        float[][] result = new float[sequences.size()][];
        for (TokenBatch batch : TokenBatch.byLength(sequences, special)) {
            try (NDManager scope = network.scope(false)) {
                NDArray hidden = network.hidden(batch.inputs(scope), null);
                batch.spread(Torch.read(hidden), network.config().width(), result);
            }
        }
        return result;
    }

    /**
     * The gradient of sum_bt c[b][t] log pi[b][t] in the order of the network's layout, where c is computed from the forward pass's
     * own values. The graphs of all sequences are held until c is known.
     *
     * @param coefficients from what the network says of the sequences to c = dL/dlog pi, shaped like the sequences
     */
    public float[] gradient(List<Sequence> sequences, Function<Tokens, float[][]> coefficients) {
        return gradient(sequences, coefficients, null);
    }

    /**
     * The same plus the gradient of sum g h, in one backward pass.
     *
     * @param ofHidden from the hidden states h [b][T_b x D, row-major] of the pass, as {@link #hidden} has them, to g = dL/dh, shaped
     *     like them; it is asked after the coefficients; null: the loss does not read them
     */
    public float[] gradient(
            List<Sequence> sequences,
            Function<Tokens, float[][]> coefficients,
            @Nullable UnaryOperator<float[][]> ofHidden) {
        if (sequences.isEmpty()) {
            return new float[network.trainedSize()];
        }
        List<TokenBatch> batches = TokenBatch.byLength(sequences, special);
        List<NDArray> states = new ArrayList<>();
        List<NDArray> picked = new ArrayList<>();
        float[][] hidden = new float[sequences.size()][];
        Tokens tokens = new Tokens(new float[sequences.size()][], new float[sequences.size()][]);
        try (NDManager scope = network.scope(true)) {
            for (TokenBatch batch : batches) {
                NDArray state = network.hidden(batch.inputs(scope), null);
                NDArray logSoftmax = logSoftmax(state);
                NDArray logProbabilities = picked(logSoftmax, batch);
                picked.add(logProbabilities);
                batch.spread(Torch.read(logProbabilities), 1, tokens.logProbabilities());
                batch.spread(entropy(logSoftmax), 1, tokens.entropy());
                if (ofHidden != null) {
                    states.add(state);
                    batch.spread(Torch.read(state), network.config().width(), hidden);
                }
            }
            float[][] c = coefficients.apply(tokens);
            float[][] g = ofHidden == null ? hidden : ofHidden.apply(hidden);
            Torch.recordGradients(); // whatever the callers' functions left
            for (int i = 0; i < batches.size(); i++) {
                NDArray weights = column(scope, batches.get(i).collect(c));
                if (ofHidden == null) {
                    Torch.backward(picked.get(i), weights);
                } else {
                    NDArray more = column(
                            scope, batches.get(i).collect(g, network.config().width()));
                    NDArray state = states.get(i).reshape(more.getShape());
                    Torch.backward(Torch.stacked(List.of(picked.get(i), state)), Torch.stacked(List.of(weights, more)));
                }
            }
        }
        return network.takeGradients();
    }

    private static NDArray column(NDManager scope, float[] values) {
        return scope.create(values, new Shape(values.length, 1));
    }

    private NDArray logSoftmax(NDArray hidden) {
        NDArray logits = network.logits(hidden);
        return (temperature == 1 ? logits : Torch.scaled(logits, 1 / temperature)).logSoftmax(-1);
    }

    private static NDArray picked(NDArray logSoftmax, TokenBatch batch) {
        return Torch.gather(logSoftmax, batch.targets(logSoftmax.getManager()));
    }

    private float[] entropy(NDArray logSoftmax) {
        try (NDManager scope = Torch.scope(logSoftmax.getManager(), false)) {
            NDArray values = logSoftmax.stopGradient();
            values.attach(scope);
            return Torch.read(values.exp().mul(values).sum(new int[] {1}).neg());
        } finally {
            Torch.recordGradients();
        }
    }
}

package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.text.Vocabulary;
import java.util.List;
import java.util.function.Function;

/**
 * Log-probabilities of given sequences under a network, and gradients of weighted sums of them. Every loss of policy optimisation
 * reaches the network through the one operation here: the gradient of sum c log pi, where c = dL/dlog pi is plain Java.
 */
public final class Likelihood {
    /** Sequences in one forward pass. */
    private static final int ROWS = 64;

    private final Gpt2 network;
    private final Vocabulary vocabulary;
    private final double temperature;

    /** @param temperature logits are divided by it, as in generation */
    public Likelihood(Gpt2 network, Vocabulary vocabulary, double temperature) {
        this.network = network;
        this.vocabulary = vocabulary;
        this.temperature = temperature;
    }

    /**
     * What a network says of sequences: {@code logProbabilities[b][t]} of token t, and {@code entropy[b][t]}, in nats, of the
     * distribution it was drawn from.
     */
    public record Tokens(float[][] logProbabilities, float[][] entropy) {}

    /** Log-probabilities [b][t] of every token of every sequence, given the tokens before it. */
    public float[][] logProbabilities(List<int[]> sequences) {
        float[][] result = new float[sequences.size()][];
        for (int start = 0; start < result.length; start += ROWS) {
            List<int[]> part = sequences.subList(start, Math.min(result.length, start + ROWS));
            TokenBatch batch = TokenBatch.of(part, vocabulary);
            try (NDManager scope = network.scope(false)) {
                float[] values = Torch.read(picked(logSoftmax(scope, batch), batch));
                System.arraycopy(batch.ragged(values, 1, part), 0, result, start, part.size());
            }
        }
        return result;
    }

    /** The hidden state [T_b x D, row-major] before each token of each sequence: the features of a critic. */
    public float[][] hidden(List<int[]> sequences) {
        int width = network.config().width();
        float[][] result = new float[sequences.size()][];
        for (int start = 0; start < result.length; start += ROWS) {
            List<int[]> part = sequences.subList(start, Math.min(result.length, start + ROWS));
            TokenBatch batch = TokenBatch.of(part, vocabulary);
            try (NDManager scope = network.scope(false)) {
                float[] values = Torch.read(network.hidden(batch.inputs(scope), null));
                System.arraycopy(batch.ragged(values, width, part), 0, result, start, part.size());
            }
        }
        return result;
    }

    /**
     * The gradient of sum_bt c[b][t] log pi[b][t] in the order of the network's layout, where c is computed from the forward pass's
     * own values. All sequences go through one pass.
     *
     * @param coefficients from what the network says of the sequences to c = dL/dlog pi, shaped like the sequences
     */
    public float[] gradient(List<int[]> sequences, Function<Tokens, float[][]> coefficients) {
        TokenBatch batch = TokenBatch.of(sequences, vocabulary);
        try (NDManager scope = network.scope(true)) {
            NDArray logSoftmax = logSoftmax(scope, batch);
            NDArray picked = picked(logSoftmax, batch);
            float[] entropy = entropy(logSoftmax);
            Tokens tokens =
                    new Tokens(batch.ragged(Torch.read(picked), 1, sequences), batch.ragged(entropy, 1, sequences));
            float[] c = batch.padded(coefficients.apply(tokens));
            Torch.backward(picked, scope.create(c, new Shape(batch.rows(), batch.length(), 1)));
        }
        return network.takeGradients();
    }

    private NDArray logSoftmax(NDManager scope, TokenBatch batch) {
        NDArray logits = network.logits(network.hidden(batch.inputs(scope), null));
        return (temperature == 1 ? logits : Torch.scaled(logits, 1 / temperature)).logSoftmax(-1);
    }

    private static NDArray picked(NDArray logSoftmax, TokenBatch batch) {
        return Torch.gather(logSoftmax, batch.targets(logSoftmax.getManager()));
    }

    private float[] entropy(NDArray logSoftmax) {
        try (NDManager scope = Torch.scope(logSoftmax.getManager(), false)) {
            NDArray values = logSoftmax.stopGradient();
            values.attach(scope);
            return Torch.read(values.exp().mul(values).sum(new int[] {2}).neg());
        } finally {
            Torch.recordGradients();
        }
    }
}

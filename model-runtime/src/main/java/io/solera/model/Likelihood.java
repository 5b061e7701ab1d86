package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.rl.RandomKey;
import io.solera.text.SpecialTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Log-probabilities of given sequences under a network, and gradients of weighted sums of them. Every loss of policy optimisation
 * reaches the network through the one operation here: the gradient of sum c log pi, where c = dL/dlog pi is plain Java.
 */
public final class Likelihood {
    private final Network network;
    private final SpecialTokens special;
    private final double temperature;
    private final boolean recomputes;

    public Likelihood(Network network, SpecialTokens special, double temperature) {
        this(network, special, temperature, false);
    }

    /**
     * @param temperature logits are divided by it, as in generation
     * @param recomputes whether gradients compute the layers twice and keep less in between
     */
    public Likelihood(Network network, SpecialTokens special, double temperature, boolean recomputes) {
        this.network = network;
        this.special = special;
        this.temperature = temperature;
        this.recomputes = recomputes;
    }

    /** Sequences of that many tokens in one forward pass. */
    public static int rows(int tokens) {
        return TokenBatch.rows(tokens);
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
                batch.spread(Torch.read(picked(logSoftmax(hidden, batch), batch)), 1, result);
            }
        }
        return result;
    }

    /** The hidden state [T_b x D, row-major] before each token of each sequence. */
    public float[][] hidden(List<Sequence> sequences) {
        float[][] result = new float[sequences.size()][];
        for (TokenBatch batch : TokenBatch.byLength(sequences, special)) {
            try (NDManager scope = network.scope(false)) {
                NDArray hidden = network.hidden(batch.inputs(scope), null);
                batch.spread(
                        Torch.read(batch.predicted(hidden)), network.config().width(), result);
            }
        }
        return result;
    }

    /**
     * @param hidden [b][T_b x D, row-major] the state before each token, the features of a critic
     * @param logProbabilities [b][t]
     */
    public record States(float[][] hidden, float[][] logProbabilities) {}

    /** Hidden states and log-probabilities of one forward pass. */
    public States states(List<Sequence> sequences) {
        States states = new States(new float[sequences.size()][], new float[sequences.size()][]);
        for (TokenBatch batch : TokenBatch.byLength(sequences, special)) {
            try (NDManager scope = network.scope(false)) {
                NDArray hidden = network.hidden(batch.inputs(scope), null);
                batch.spread(
                        Torch.read(batch.predicted(hidden)), network.config().width(), states.hidden());
                batch.spread(Torch.read(picked(logSoftmax(hidden, batch), batch)), 1, states.logProbabilities());
            }
        }
        return states;
    }

    /**
     * The gradient of sum_bt c[b][t] log pi[b][t] in the order of the network's layout, where c is computed from the forward pass's
     * own values. What the backward pass needs of all sequences is held until c is known.
     *
     * @param key of what adapters drop; they do so here alone
     * @param coefficients from what the network says of the sequences to c = dL/dlog pi, shaped like the sequences
     */
    public float[] gradient(List<Sequence> sequences, RandomKey key, Function<Tokens, float[][]> coefficients) {
        if (sequences.isEmpty()) {
            return new float[network.trainedSize()];
        }
        List<TokenBatch> batches = TokenBatch.byLength(sequences, special);
        Tokens tokens = new Tokens(new float[sequences.size()][], new float[sequences.size()][]);
        try (NDManager scope = network.scope(!recomputes)) {
            if (recomputes) {
                recomputed(scope, batches, key, tokens, coefficients);
            } else {
                held(scope, batches, key, tokens, coefficients);
            }
        } finally {
            network.dropout(null);
        }
        return network.takeGradients();
    }

    private void held(
            NDManager scope,
            List<TokenBatch> batches,
            RandomKey key,
            Tokens tokens,
            Function<Tokens, float[][]> coefficients) {
        List<NDArray> said = new ArrayList<>();
        for (TokenBatch batch : batches) {
            network.dropout(key.with(said.size()));
            said.add(said(network.hidden(batch.inputs(scope), null), batch, tokens));
        }
        float[][] c = coefficients.apply(tokens);
        for (int i = 0; i < batches.size(); i++) {
            backward(said.get(i), batches.get(i), c);
        }
    }

    private void recomputed(
            NDManager scope,
            List<TokenBatch> batches,
            RandomKey key,
            Tokens tokens,
            Function<Tokens, float[][]> coefficients) {
        List<Recomputed> passes = new ArrayList<>();
        for (TokenBatch batch : batches) {
            network.dropout(key.with(passes.size()));
            Recomputed pass = new Recomputed(network, batch.inputs(scope));
            passes.add(pass);
            try (NDManager head = scope.newSubManager()) {
                said(pass.hidden(head), batch, tokens);
            }
        }
        float[][] c = coefficients.apply(tokens);
        Torch.recordGradients(true);
        for (int i = 0; i < batches.size(); i++) {
            try (NDManager head = scope.newSubManager()) {
                backward(
                        picked(logSoftmax(passes.get(i).hidden(head), batches.get(i)), batches.get(i)),
                        batches.get(i),
                        c);
            }
            network.dropout(key.with(i));
            passes.get(i).backward();
        }
    }

    /** The log-probabilities [N, 1] of what a batch predicts; they and the entropies are copied to {@code tokens}. */
    private NDArray said(NDArray hidden, TokenBatch batch, Tokens tokens) {
        NDArray logSoftmax = logSoftmax(hidden, batch);
        NDArray logProbabilities = picked(logSoftmax, batch);
        batch.spread(Torch.read(logProbabilities), 1, tokens.logProbabilities());
        batch.spread(entropy(logSoftmax), 1, tokens.entropy());
        return logProbabilities;
    }

    private static void backward(NDArray logProbabilities, TokenBatch batch, float[][] c) {
        float[] weights = batch.collect(c);
        Torch.backward(logProbabilities, logProbabilities.getManager().create(weights, new Shape(weights.length, 1)));
    }

    private NDArray logSoftmax(NDArray hidden, TokenBatch batch) {
        NDArray logits = network.logits(batch.predicted(hidden));
        return (temperature == 1 ? logits : Torch.scaled(logits, 1 / temperature)).logSoftmax(-1);
    }

    private static NDArray picked(NDArray logSoftmax, TokenBatch batch) {
        return Torch.gather(logSoftmax, batch.targets(logSoftmax.getManager()));
    }

    private float[] entropy(NDArray logSoftmax) {
        boolean records = Torch.records();
        try (NDManager scope = Torch.scope(logSoftmax.getManager(), false)) {
            NDArray values = logSoftmax.stopGradient();
            values.attach(scope);
            return Torch.read(values.exp().mul(values).sum(new int[] {1}).neg());
        } finally {
            Torch.recordGradients(records);
        }
    }
}

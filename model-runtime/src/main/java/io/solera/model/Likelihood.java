package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.SpecialTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Log-probabilities of given sequences under a network, and gradients of weighted sums of them. Every loss of policy
 * optimisation uses the one operation here: the gradient of sum c log pi, where c = dL/dlog pi is computed in plain
 * Java, plus sum g h with g = dL/dh if a loss also reads the hidden states h. Several losses at a point share
 * its forward pass.
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
     * @param recomputes whether gradients compute the layers twice and keep less memory in between
     */
    public Likelihood(Network network, SpecialTokens special, double temperature, boolean recomputes) {
        this.network = network;
        this.special = special;
        this.temperature = temperature;
        this.recomputes = recomputes;
    }

    /** Number of sequences of that many tokens in one forward pass. */
    public static int rows(int tokens) {
        return TokenBatch.rows(tokens);
    }

    /**
     * Outputs per token: {@code logProbabilities[b][t]} of token t, and {@code entropy[b][t]}, in nats, of the
     * distribution it was drawn from.
     */
    public record Tokens(float[][] logProbabilities, float[][] entropy) {}

    /** Log-probabilities [b][t] of every token of every sequence, given its prompt and the tokens before it. */
    public float[][] logProbabilities(List<Sequence> sequences) {
        return states(sequences, false).logProbabilities();
    }

    /** The hidden state [T_b x D, row-major] before each token of each sequence. */
    public float[][] hidden(List<Sequence> sequences) {
        float[][] result = new float[sequences.size()][];
        for (TokenBatch batch : TokenBatch.byLength(sequences, special)) {
            try (NDManager scope = network.scope(false)) {
                NDArray hidden = network.hidden(batch.inputs(scope), null);
                batch.spread(
                        Torch.read(batch.gatherPredicted(hidden)),
                        network.config().hiddenSize(),
                        result);
            }
        }
        return result;
    }

    /**
     * @param hidden [b][T_b x D, row-major] the state before each token, the features of a critic; empty if not
     *     requested
     * @param logProbabilities [b][t]
     */
    public record States(float[][] hidden, float[][] logProbabilities) {}

    /** Log-probabilities and, if requested, the hidden states of the same forward pass. */
    public States states(List<Sequence> sequences, boolean withHidden) {
        States states = new States(new float[withHidden ? sequences.size() : 0][], new float[sequences.size()][]);
        for (TokenBatch batch : TokenBatch.byLength(sequences, special)) {
            try (NDManager scope = network.scope(false)) {
                NDArray hidden = batch.gatherPredicted(network.hidden(batch.inputs(scope), null));
                if (withHidden) {
                    batch.spread(Torch.read(hidden), network.config().hiddenSize(), states.hidden());
                }
                batch.spread(Torch.read(picked(logSoftmax(hidden), batch)), 1, states.logProbabilities());
            }
        }
        return states;
    }

    /**
     * The gradient of sum_bt c[b][t] log pi[b][t] in the order of the network's layout, where c is computed from the
     * forward pass's own values. Activations of all sequences are held until c is known.
     *
     * @param key of the adapters' dropout, which is applied only here
     * @param coefficients maps the network's outputs to c = dL/dlog pi, shaped like the sequences
     */
    public BlockVector gradient(List<Sequence> sequences, RandomKey key, Function<Tokens, float[][]> coefficients) {
        return gradients(
                        sequences,
                        key,
                        false,
                        (seen, hidden) -> List.of(new Derivatives(coefficients.apply(seen), new float[0][])))
                .get(0);
    }

    /**
     * A loss, as far as a backward pass needs to know it.
     *
     * @param coefficients c = dL/dlog pi [b][t]
     * @param hidden g = dL/dh [b][T_b x D, row-major]; empty: the loss does not read the hidden states
     */
    public record Derivatives(float[][] coefficients, float[][] hidden) {}

    /** Losses at a point, from the network's outputs there. */
    public interface Losses {
        /** @param hidden states h [b][T_b x D, row-major], as {@link #hidden} returns them; empty if not asked for */
        List<Derivatives> of(Tokens tokens, float[][] hidden);
    }

    /**
     * The gradients of several losses at the same point: one forward pass, and a backward pass for each.
     *
     * @param readsHidden whether a loss reads the hidden states
     */
    public List<BlockVector> gradients(List<Sequence> sequences, RandomKey key, boolean readsHidden, Losses losses) {
        List<TokenBatch> batches = TokenBatch.byLength(sequences, special);
        Tokens tokens = new Tokens(new float[sequences.size()][], new float[sequences.size()][]);
        float[][] hidden = new float[readsHidden ? sequences.size() : 0][];
        List<BlockVector> gradients = new ArrayList<>();
        try (NDManager scope = network.scope(!recomputes)) {
            List<ForwardPass> passes = new ArrayList<>();
            for (int i = 0; i < batches.size(); i++) {
                network.dropout(key.with(i));
                passes.add(recomputes ? new Again(batches.get(i), scope) : new Held(batches.get(i), scope));
                passes.get(i).read(tokens, hidden);
            }
            List<Derivatives> all = losses.of(tokens, hidden);
            if (batches.isEmpty()) {
                all.forEach(none -> gradients.add(BlockVector.zeros(network.trainedSize())));
                return gradients;
            }
            Torch.recordGradients(true); // whatever mode the callers' functions left
            for (int k = 0; k < all.size(); k++) {
                for (int i = 0; i < batches.size(); i++) {
                    network.dropout(key.with(i));
                    passes.get(i).backward(all.get(k), k == all.size() - 1);
                }
                gradients.add(network.takeGradients());
            }
        } finally {
            network.dropout(null);
        }
        return gradients;
    }

    /** The forward pass of a batch, from which backward passes start. */
    private sealed interface ForwardPass {
        void read(Tokens tokens, float[][] hidden);

        /** @param last whether none follows, so that what the pass holds can go */
        void backward(Derivatives loss, boolean last);
    }

    /** One whose intermediate results are held. */
    private final class Held implements ForwardPass {
        private final ForwardOutputs outputs;

        Held(TokenBatch batch, NDManager scope) {
            outputs = outputs(network.hidden(batch.inputs(scope), null), batch);
        }

        @Override
        public void read(Tokens tokens, float[][] hidden) {
            outputs.read(tokens, hidden);
        }

        @Override
        public void backward(Derivatives loss, boolean last) {
            outputs.backward(loss, last);
        }
    }

    /** One whose layers are computed again, for each backward pass. */
    private final class Again implements ForwardPass {
        private final TokenBatch batch;
        private final NDManager scope;
        private @Nullable Recomputed pass;

        Again(TokenBatch batch, NDManager scope) {
            this.batch = batch;
            this.scope = scope;
            pass = new Recomputed(network, batch.inputs(scope));
        }

        @Override
        public void read(Tokens tokens, float[][] hidden) {
            try (NDManager head = scope.newSubManager()) {
                outputs(Objects.requireNonNull(pass).hidden(head), batch).read(tokens, hidden);
            }
        }

        @Override
        public void backward(Derivatives loss, boolean last) {
            Recomputed forward = pass;
            if (forward == null) {
                Torch.recordGradients(false);
                forward = new Recomputed(network, batch.inputs(scope));
                Torch.recordGradients(true);
            }
            try (NDManager head = scope.newSubManager()) {
                outputs(forward.hidden(head), batch).backward(loss, true);
            }
            forward.backward();
            pass = null;
        }
    }

    /**
     * The network's outputs for a batch.
     *
     * @param hidden [N, D], the states before the predicted tokens
     * @param logSoftmax [N, V]
     * @param logProbabilities [N, 1]
     */
    private record ForwardOutputs(TokenBatch batch, NDArray hidden, NDArray logSoftmax, NDArray logProbabilities) {
        /** Copies them to the rows of the sequences; hidden states only if {@code states} has rows. */
        void read(Tokens tokens, float[][] states) {
            batch.spread(Torch.read(logProbabilities), 1, tokens.logProbabilities());
            batch.spread(entropies(logSoftmax), 1, tokens.entropy());
            if (states.length > 0) {
                batch.spread(Torch.read(hidden), width(), states);
            }
        }

        void backward(Derivatives loss, boolean last) {
            NDArray weights = column(batch.collect(loss.coefficients(), 1));
            if (loss.hidden().length == 0) {
                Torch.backward(logProbabilities, weights, last);
                return;
            }
            NDArray more = column(batch.collect(loss.hidden(), width()));
            Torch.backward(
                    Torch.stacked(List.of(logProbabilities, hidden.reshape(more.getShape()))),
                    Torch.stacked(List.of(weights, more)),
                    last);
        }

        private NDArray column(float[] values) {
            return hidden.getManager().create(values, new Shape(values.length, 1));
        }

        private int width() {
            return (int) hidden.getShape().get(1);
        }
    }

    private ForwardOutputs outputs(NDArray hidden, TokenBatch batch) {
        NDArray predicted = batch.gatherPredicted(hidden);
        NDArray logSoftmax = logSoftmax(predicted);
        return new ForwardOutputs(batch, predicted, logSoftmax, picked(logSoftmax, batch));
    }

    private NDArray logSoftmax(NDArray hidden) {
        NDArray logits = network.logits(hidden);
        return (temperature == 1 ? logits : Torch.scaled(logits, 1 / temperature)).logSoftmax(-1);
    }

    private static NDArray picked(NDArray logSoftmax, TokenBatch batch) {
        return Torch.gather(logSoftmax, batch.targets(logSoftmax.getManager()));
    }

    private static float[] entropies(NDArray logSoftmax) {
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

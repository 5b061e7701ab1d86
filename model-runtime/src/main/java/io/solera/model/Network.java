package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.LlamaConfig;
import io.solera.checkpoint.NetworkConfig;
import io.solera.rl.BlockVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A decoder: token ids in, next-token logits out; a file per family says how. It owns its parameters and its native memory.
 * Not thread-safe: one network per task.
 */
public abstract sealed class Network implements AutoCloseable permits Gpt2, Llama {
    private static final float MASKED = -1e9f;

    private final NetworkConfig config;
    private final NDManager manager = Torch.manager();
    private final Parameters parameters;
    private NDArray causalMask; // [P, P]: 0 on and below the diagonal; as large as was asked for so far

    Network(NetworkConfig config) {
        this.config = config;
        try (NDManager scope = Torch.scope(manager, false)) {
            parameters = new Parameters(manager, config.layout());
            causalMask = manager.create(new Shape(0, 0));
        }
    }

    public static Network of(NetworkConfig config) {
        if (config instanceof Gpt2Config gpt2) {
            return new Gpt2(gpt2);
        }
        return new Llama((LlamaConfig) config);
    }

    public final NetworkConfig config() {
        return config;
    }

    /**
     * Hidden states after the last norm, [B T, D], of ids [B, T] that continue what the cache holds (null: nothing). A cache that holds something is
     * continued by one token.
     */
    abstract NDArray hidden(NDArray ids, @Nullable KeyValueCache cache);

    /** Next-token logits [N, V] of hidden states [N, D]. */
    abstract NDArray logits(NDArray hidden);

    /** Replaces the parameters, in the order of {@link NetworkConfig#layout()}. */
    public final void set(BlockVector values) {
        set(values.toArray());
    }

    final void set(float[] values) {
        parameters.set(values);
    }

    /** The gradients summed up since the last call, in the same order. */
    final float[] takeGradients() {
        return parameters.takeGradients();
    }

    /** A scope for one computation with this network. */
    final NDManager scope(boolean gradients) {
        return Torch.scope(manager, gradients);
    }

    /**
     * The rows of a table for the positions of ids [B, T]: [T, D], or [B, 1, D] of one new token where sequences began at different times.
     *
     * @throws IllegalStateException when several tokens continue a cache that holds something
     */
    static NDArray positioned(NDArray table, NDArray ids, @Nullable KeyValueCache cache) {
        NDManager scope = ids.getManager();
        int rows = (int) ids.getShape().get(0);
        long tokens = ids.getShape().get(1);
        long width = table.getShape().get(1);
        if (cache == null || cache.length() == 0) {
            return rows(table, 0, tokens, width, scope);
        }
        if (tokens > 1) {
            throw new IllegalStateException(
                    "Cannot read %d tokens after %d: one by one only".formatted(tokens, cache.length()));
        }
        int position = cache.position(rows);
        return position < 0
                ? Torch.embedding(scope.create(cache.positions(rows), new Shape(rows, 1)), table)
                : rows(table, position, position + 1L, width, scope);
    }

    /**
     * Added to scores so that a token sees itself and what came before in its sequence: [T, T], or of one new token
     * {@link KeyValueCache#mask}; null where nothing is to be hidden.
     */
    final @Nullable NDArray mask(NDArray ids, @Nullable KeyValueCache cache) {
        NDManager scope = ids.getManager();
        int rows = (int) ids.getShape().get(0);
        int tokens = (int) ids.getShape().get(1);
        if (tokens == 1) {
            return cache == null ? null : cache.mask(rows, scope);
        }
        if (causalMask.getShape().get(0) < tokens) {
            int side = Math.min(config.positions(), Math.max(64, Integer.highestOneBit(tokens - 1) * 2));
            float[] mask = new float[side * side];
            for (int row = 0; row < side; row++) {
                Arrays.fill(mask, row * side + row + 1, (row + 1) * side, MASKED);
            }
            causalMask = manager.create(mask, new Shape(side, side));
        }
        return rows(causalMask, 0, tokens, tokens, scope);
    }

    /** softmax(scores + mask) over the last axis; the sum is in place. */
    static NDArray softmax(NDArray scores, @Nullable NDArray mask) {
        return (mask == null ? scores : scores.addi(mask)).softmax(-1);
    }

    /** The first columns of some rows of a matrix, a view in the given manager. */
    static NDArray rows(NDArray matrix, long from, long to, long columns, NDManager scope) {
        return Torch.part(matrix, new long[] {from, 0}, new long[] {to, columns}, scope);
    }

    final NDArray tensor(String name) {
        return parameters.tensor(name);
    }

    /** A number that backward passes read, so that it lives as long as the network. */
    final NDArray number(double value) {
        return manager.create((float) value);
    }

    /** A matrix that lives as long as the network. */
    final NDArray matrix(float[] values, long rows, long columns) {
        return manager.create(values, new Shape(rows, columns));
    }

    @Override
    public final void close() {
        manager.close();
    }
}

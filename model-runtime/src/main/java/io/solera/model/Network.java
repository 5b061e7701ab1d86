package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.LlamaConfig;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Policy;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder: token ids in, next-token logits out; each family has a file of its own. It owns its parameters and its
 * native memory. Not thread-safe: one network per task.
 */
public abstract sealed class Network implements AutoCloseable permits Gpt2, Llama {
    /** Added to masked attention scores. */
    static final float MASKED = -1e9f;

    private static final WeakReference<BlockVector> NONE = new WeakReference<>(null);

    private final NetworkConfig config;
    private final Device device;
    private final NDManager manager;
    private final Parameters parameters;
    private WeakReference<BlockVector> base = NONE; // the vector that the parameters were last copied from, if known
    private @Nullable Adapters adapters; // kept for the next adapters of the same shape
    private boolean adapting;
    private @Nullable RandomKey dropout;
    private NDArray causalMask; // [P, P]: 0 on and below the diagonal; as large as needed so far

    Network(NetworkConfig config, Device device) {
        this.config = config;
        this.device = device;
        manager = Torch.manager(device);
        try (NDManager scope = Torch.scope(manager, false)) {
            parameters = new Parameters(manager, config.layout(), device.isCpu());
            causalMask = manager.create(new Shape(0, 0));
        }
    }

    /** A network on the processor. */
    public static Network of(NetworkConfig config) {
        return of(config, Device.CPU);
    }

    public static Network of(NetworkConfig config, Device device) {
        if (config instanceof Gpt2Config gpt2) {
            return new Gpt2(gpt2, device);
        }
        return new Llama((LlamaConfig) config, device);
    }

    public final Device device() {
        return device;
    }

    public final NetworkConfig config() {
        return config;
    }

    /**
     * One forward pass.
     *
     * @param ids [B, T], the continuation of the sequences in the cache (null: none); a cache that is not empty is
     *     continued by one token
     * @param mask added to scores so that a token attends to itself and to earlier tokens, [T, T]; null for one token
     * @param tables position tables shared by all layers
     */
    record Pass(
            NDArray ids,
            @Nullable KeyValueCache cache,
            @Nullable NDArray mask,
            List<NDArray> tables) {
        long batch() {
            return ids.getShape().get(0);
        }

        int tokens() {
            return (int) ids.getShape().get(1);
        }
    }

    final Pass pass(NDArray ids, @Nullable KeyValueCache cache) {
        return new Pass(ids, cache, mask(ids), tables(ids, cache));
    }

    /** Hidden states after the last norm, [B T, D]. */
    final NDArray hidden(NDArray ids, @Nullable KeyValueCache cache) {
        NDManager scope = ids.getManager();
        Pass pass = pass(ids, cache);
        NDArray x = embedded(pass);
        for (int layer = 0; layer < config.layers(); layer++) {
            // the layer's arrays are freed with its scope; PyTorch keeps what the backward pass reads
            try (NDManager inLayer = scope.newSubManager()) {
                x.attach(inLayer);
                x = layer(layer, x, pass);
                x.attach(scope);
            }
        }
        if (cache != null) {
            cache.advance(pass.tokens());
        }
        return normed(x);
    }

    /** Position tables for all layers. */
    abstract List<NDArray> tables(NDArray ids, @Nullable KeyValueCache cache);

    /** Token embeddings, [B T, D]: from here on a row is a token. */
    abstract NDArray embedded(Pass pass);

    /** Hidden states after a layer from those before it, [B T, D]; the result belongs to x's manager. */
    abstract NDArray layer(int layer, NDArray x, Pass pass);

    /** The last norm. */
    abstract NDArray normed(NDArray x);

    /** Next-token logits [N, V] of hidden states [N, D]. */
    abstract NDArray logits(NDArray hidden);

    /** Replaces the parameters, in the order of {@link NetworkConfig#layout()}, and removes adapters. */
    public final void set(BlockVector values) {
        adapting = false;
        fill(values);
        parameters.record(true);
    }

    /**
     * Replaces the trained part of a policy: all parameters or, if it is trained through adapters, the adapters, of any
     * number of ranks; the policy's own parameters are then shared and stay unchanged.
     */
    public final void set(Policy policy, BlockVector composed) {
        if (policy.trainable() instanceof LoraAdapters of) {
            fill(policy.parameters().whole());
            parameters.record(false);
            adapting = composed.size() > 0;
            if (adapting) {
                adapters(of.lora(), of.lora().factors().rank(composed)).set(composed);
            }
        } else {
            set(composed);
        }
    }

    /** Replaces what a learner trains and nothing else: all parameters, or the last ranks of adapters that were set. */
    public final void refill(BlockVector theta) {
        if (adapting && adapters != null) {
            adapters.refill(theta);
        } else {
            parameters.set(theta);
            base = NONE; // its maker may change it further
        }
    }

    /** Copies the values, unless they are the same array as last time. */
    @SuppressWarnings("ReferenceEquality") // comparing the values would cost as much as copying them
    private void fill(BlockVector values) {
        if (base.get() != values) {
            parameters.set(values);
            base = new WeakReference<>(values);
        }
    }

    private Adapters adapters(Lora lora, int ranks) {
        Adapters held = adapters;
        if (held != null && held.fit(lora, ranks)) {
            return held;
        }
        if (held != null) {
            held.close();
        }
        Adapters made = new Adapters(manager, lora, ranks, device.isCpu());
        adapters = made;
        return made;
    }

    /** Whether the embeddings are trained: adapters exist only for linear layers. */
    final boolean trainsEmbeddings() {
        return parameters.isRecording();
    }

    /** How many numbers are trained: all parameters, or the adapter. */
    final long trainedSize() {
        return adapting && adapters != null ? adapters.size() : config.layout().size();
    }

    /** The gradients of what is trained, summed up since the last call. */
    final BlockVector takeGradients() {
        return adapting && adapters != null ? adapters.takeGradients() : parameters.takeGradients();
    }

    /**
     * From here on adapters apply dropout with their {@link Lora#dropout}: the same masks for the same key, module and
     * row.
     *
     * @param key null: no dropout
     */
    final void dropout(@Nullable RandomKey key) {
        dropout = key;
    }

    /** The output y [N, out] of a linear layer for x [N, in], with what its adapters add. */
    final NDArray adapted(String module, NDArray x, NDArray y) {
        return adapting && adapters != null ? adapters.added(module, x, y, dropout) : y;
    }

    /** A scope for one computation with this network. */
    final NDManager scope(boolean gradients) {
        return Torch.scope(manager, gradients);
    }

    /**
     * The rows of a table for the positions of ids [B, T]: [T, D], or [B, 1, D] for one new token if sequences started
     * at different times.
     *
     * @throws IllegalStateException if several tokens continue a cache that is not empty
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

    private @Nullable NDArray mask(NDArray ids) {
        NDManager scope = ids.getManager();
        int tokens = (int) ids.getShape().get(1);
        if (tokens == 1) {
            return null;
        }
        if (causalMask.getShape().get(0) < tokens) {
            int side = Math.min(config.contextLength(), Math.max(64, Integer.highestOneBit(tokens - 1) * 2));
            float[] mask = new float[side * side];
            for (int row = 0; row < side; row++) {
                Arrays.fill(mask, row * side + row + 1, (row + 1) * side, MASKED);
            }
            causalMask = manager.create(mask, new Shape(side, side));
        }
        return rows(causalMask, 0, tokens, tokens, scope);
    }

    /** softmax(scores + mask) over the last axis; the sum is computed in place. */
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

    /** A number that backward passes read, so it lives as long as the network. */
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

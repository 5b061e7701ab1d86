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
    private final Device device;
    private final NDManager manager;
    private final Parameters parameters;
    private final NDArray causalMask; // [P, P]: 0 on and below the diagonal

    Network(NetworkConfig config, Device device) {
        this.config = config;
        this.device = device;
        manager = Torch.manager(device);
        try (NDManager scope = Torch.scope(manager, false)) {
            parameters = new Parameters(manager, config.layout(), device.isCpu());
            int p = config.positions();
            float[] mask = new float[p * p];
            for (int row = 0; row < p; row++) {
                Arrays.fill(mask, row * p + row + 1, (row + 1) * p, MASKED);
            }
            causalMask = manager.create(mask, new Shape(p, p));
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

    /** Hidden states after the last norm, [B T, D], of ids [B, T] that continue what the cache holds (null: nothing). */
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

    /** Added to scores [.., T, past + T] so that a token sees itself and what came before; null for one new token, which sees all. */
    final @Nullable NDArray mask(int past, int tokens, NDManager scope) {
        return tokens == 1 ? null : rows(causalMask, past, past + tokens, past + tokens, scope);
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

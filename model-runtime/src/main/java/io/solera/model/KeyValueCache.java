package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.NetworkConfig;

/**
 * Keys and values of the tokens so far, so that generation computes only the new token's. One array, [2 L, B, K, C, S] for K key heads of S numbers and C
 * tokens at most, is allocated at once and written in place; what a layer reads are views of its first rows and tokens.
 */
final class KeyValueCache implements AutoCloseable {
    private final NDManager manager;
    private final NDArray all;
    private final NDArray[] keys; // per layer: views [B K, C, S]
    private final NDArray[] keyColumns; // the same transposed, [B K, S, C]
    private final NDArray[] values; // per layer, like the keys
    private final int heads;
    private final int size;
    private int length;

    KeyValueCache(NDManager parent, NetworkConfig config, int rows, int capacity) {
        manager = parent.newSubManager();
        heads = config.keyHeads();
        size = config.headSize();
        all = manager.create(new Shape(2L * config.layers(), rows, heads, capacity, size));
        keys = new NDArray[config.layers()];
        keyColumns = new NDArray[config.layers()];
        values = new NDArray[config.layers()];
        NDArray perHead = all.reshape(2L * config.layers(), (long) rows * heads, capacity, size);
        for (int layer = 0; layer < config.layers(); layer++) {
            keys[layer] = perHead.get(2L * layer);
            keyColumns[layer] = keys[layer].transpose(0, 2, 1);
            values[layer] = perHead.get(2L * layer + 1);
        }
    }

    /** How many tokens are cached. */
    int length() {
        return length;
    }

    /** Writes the next tokens' keys and values, each [B K, T, S], which count once {@link #advance} is called. */
    void put(int layer, NDArray newKeys, NDArray newValues) {
        write(keys[layer], newKeys);
        write(values[layer], newValues);
    }

    /** A layer's keys of the first tokens, transposed, [B K, S, tokens], in the given manager. */
    NDArray keyColumns(int layer, NDManager scope, long rows, long tokens) {
        return Torch.part(keyColumns[layer], new long[3], new long[] {rows, size, tokens}, scope);
    }

    /** A layer's values of the first tokens, [B K, tokens, S], in the given manager. */
    NDArray values(int layer, NDManager scope, long rows, long tokens) {
        return Torch.part(values[layer], new long[3], new long[] {rows, tokens, size}, scope);
    }

    /** Counts tokens that every layer has put. */
    void advance(int tokens) {
        length += tokens;
    }

    /** Copies one sequence over another. */
    void move(int from, int to) {
        long last = all.getShape().get(0);
        try (NDArray source = Torch.part(
                all, new long[] {0, from, 0, 0, 0}, new long[] {last, from + 1L, heads, length, size}, manager)) {
            Torch.write(source, all, new long[] {0, to, 0, 0, 0}, new long[] {last, to + 1L, heads, length, size});
        }
    }

    private void write(NDArray into, NDArray added) {
        Shape shape = added.getShape();
        Torch.write(
                added, into, new long[] {0, length, 0}, new long[] {shape.get(0), length + shape.get(1), shape.get(2)});
    }

    @Override
    public void close() {
        manager.close();
    }
}

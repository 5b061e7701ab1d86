package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keys and values of the tokens so far, per layer [B, H, T, D/H], so that generation computes only the new token's. */
final class KeyValueCache implements AutoCloseable {
    private final NDManager manager;
    private final @Nullable NDArray[] keys;
    private final @Nullable NDArray[] values;

    KeyValueCache(NDManager parent, int layers) {
        manager = parent.newSubManager();
        keys = new NDArray[layers];
        values = new NDArray[layers];
    }

    /** How many tokens are cached. */
    int length() {
        return keys[0] == null ? 0 : (int) keys[0].getShape().get(2);
    }

    NDArray keys(int layer) {
        return keys[layer];
    }

    NDArray values(int layer) {
        return values[layer];
    }

    void append(int layer, NDArray newKeys, NDArray newValues) {
        keys[layer] = joined(keys[layer], newKeys);
        values[layer] = joined(values[layer], newValues);
    }

    /** Keeps only the sequences at the given rows. */
    void keep(int[] rows) {
        NDArray index = manager.create(Arrays.stream(rows).asLongStream().toArray());
        for (int layer = 0; layer < keys.length; layer++) {
            keys[layer] = replaced(keys[layer], Torch.rows(keys[layer], index));
            values[layer] = replaced(values[layer], Torch.rows(values[layer], index));
        }
        index.close();
    }

    private NDArray joined(@Nullable NDArray old, NDArray added) {
        if (old == null) {
            NDArray first = added.duplicate();
            first.attach(manager);
            return first;
        }
        return replaced(old, old.concat(added, 2));
    }

    private NDArray replaced(NDArray old, NDArray replacement) {
        replacement.attach(manager);
        old.close();
        return replacement;
    }

    @Override
    public void close() {
        manager.close();
    }
}

package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.NetworkConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the tokens so far, so that generation computes only the new token's. One array, [2 L, B, K, C, S] for K key heads of
 * S numbers and C columns, is allocated at once and written in place. The next token of every sequence goes to the same column; a
 * sequence that began later starts at a later column, and what lies before it is masked.
 */
final class KeyValueCache implements AutoCloseable {
    private static final float MASKED = -1e9f;
    /** Keys of some sequences that one product reads: more than the processor's cache holds takes four times as long. */
    private static final long CACHED_BYTES = 4L << 20;

    private final NDManager manager;
    private final NDArray all;
    private final NDArray[] keyColumns; // per layer: views [B K, S, C]
    private final NDArray[] values; // per layer: views [B K, C, S]
    private final int[] starts;
    private final int heads;
    private final int size;
    private final int capacity;
    private int length;

    /** @param staggered whether sequences may begin at different columns: then what lies before them must be numbers */
    KeyValueCache(NDManager parent, NetworkConfig config, int rows, int capacity, boolean staggered) {
        manager = parent.newSubManager();
        heads = config.keyHeads();
        size = config.headSize();
        this.capacity = capacity;
        starts = new int[rows];
        Shape shape = new Shape(2L * config.layers(), rows, heads, capacity, size);
        all = staggered ? manager.zeros(shape) : manager.create(shape);
        keyColumns = new NDArray[config.layers()];
        values = new NDArray[config.layers()];
        NDArray perHead = all.reshape(2L * config.layers(), (long) rows * heads, capacity, size);
        for (int layer = 0; layer < config.layers(); layer++) {
            keyColumns[layer] = perHead.get(2L * layer).transpose(0, 2, 1);
            values[layer] = perHead.get(2L * layer + 1);
        }
    }

    /** Columns that are filled. */
    int length() {
        return length;
    }

    /** The position of the next token in each of the first sequences. */
    long[] positions(int rows) {
        long[] positions = new long[rows];
        Arrays.setAll(positions, row -> length - starts[row]);
        return positions;
    }

    /** The position of the next token where it is the same in all of the first sequences, else -1. */
    int position(int rows) {
        for (int row = 1; row < rows; row++) {
            if (starts[row] != starts[0]) {
                return -1;
            }
        }
        return length - starts[0];
    }

    /** Writes the next tokens' keys and values, each [B, K, T, S], which count once {@link #advance} is called. */
    void put(int layer, NDArray newKeys, NDArray newValues) {
        write(2L * layer, newKeys);
        write(2L * layer + 1, newValues);
    }

    private void write(long place, NDArray added) {
        Shape shape = added.getShape();
        Torch.write(added, all, new long[] {place, 0, 0, length, 0}, new long[] {
            place + 1, shape.get(0), heads, length + shape.get(2), size
        });
    }

    /**
     * Added to scores so that no sequence sees what lies before its start: [B, 1, columns], the columns from the earliest start to the
     * token that is being read; null where all sequences began together.
     */
    @Nullable
    NDArray mask(int rows, NDManager scope) {
        if (position(rows) >= 0) {
            return null;
        }
        int first = earliest(rows);
        int columns = length + 1 - first;
        float[] mask = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(mask, row * columns, row * columns + starts[row] - first, MASKED);
        }
        return scope.create(mask, new Shape(rows, 1, columns));
    }

    /**
     * What one new token of each sequence, already put, takes from what it sees: softmax(q k' + mask) v for queries [B K, G, S], with
     * the same shape.
     */
    NDArray attend(int layer, NDArray queries, @Nullable NDArray mask) {
        NDManager scope = queries.getManager();
        int rows = (int) (queries.getShape().get(0) / heads);
        long group = queries.getShape().get(1);
        int first = earliest(rows);
        int columns = length + 1 - first;
        int together = (int) Math.max(1, CACHED_BYTES / ((long) heads * columns * size * Float.BYTES));
        List<NDArray> parts = new ArrayList<>();
        for (int from = 0; from < rows; from += together) {
            int to = Math.min(rows, from + together);
            long low = (long) from * heads;
            long high = (long) to * heads;
            NDArray asked = together >= rows
                    ? queries
                    : Torch.part(queries, new long[] {low, 0, 0}, new long[] {high, group, size}, scope);
            NDArray keys = Torch.part(
                    keyColumns[layer], new long[] {low, 0, first}, new long[] {high, size, length + 1}, scope);
            NDArray seen =
                    Torch.part(values[layer], new long[] {low, first, 0}, new long[] {high, length + 1, size}, scope);
            NDArray scores = asked.batchMatMul(keys);
            if (mask != null) {
                scores.reshape(to - from, heads * group, columns)
                        .addi(Torch.part(mask, new long[] {from, 0, 0}, new long[] {to, 1, columns}, scope));
            }
            parts.add(scores.softmax(-1).batchMatMul(seen));
        }
        return Torch.stacked(parts);
    }

    /** Counts tokens that every layer has put. */
    void advance(int tokens) {
        length += tokens;
    }

    /** From here on a row is a sequence that has read nothing. */
    void begin(int row) {
        starts[row] = length;
    }

    /** From here on a row is a sequence that has read what another cache's row has: all columns of that cache. */
    void begin(int row, KeyValueCache source, int sourceRow) {
        starts[row] = length - source.length;
        copy(source, sourceRow, 0, row, starts[row], source.length);
    }

    /** Copies one sequence over another. */
    void move(int from, int to) {
        starts[to] = starts[from];
        copy(this, from, starts[from], to, starts[from], length - starts[from]);
    }

    private void copy(KeyValueCache source, int sourceRow, int sourceColumn, int row, int column, int columns) {
        long layers = all.getShape().get(0);
        try (NDArray part = Torch.part(
                source.all,
                new long[] {0, sourceRow, 0, sourceColumn, 0},
                new long[] {layers, sourceRow + 1L, heads, sourceColumn + (long) columns, size},
                manager)) {
            Torch.write(part, all, new long[] {0, row, 0, column, 0}, new long[] {
                layers, row + 1L, heads, column + (long) columns, size
            });
        }
    }

    /** Makes room for one more column where there is none: what lies before the earliest start of the first sequences is given up. */
    void makeRoom(int rows) {
        int first = earliest(rows);
        if (length < capacity || first == 0) {
            return;
        }
        long layers = all.getShape().get(0);
        try (NDManager scope = manager.newSubManager()) {
            NDArray kept = Torch.part(
                            all, new long[] {0, 0, 0, first, 0}, new long[] {layers, rows, heads, length, size}, scope)
                    .duplicate();
            kept.attach(scope);
            Torch.write(kept, all, new long[5], new long[] {layers, rows, heads, length - (long) first, size});
        }
        for (int row = 0; row < starts.length; row++) {
            starts[row] = Math.max(0, starts[row] - first);
        }
        length -= first;
    }

    private int earliest(int rows) {
        int first = length;
        for (int row = 0; row < rows; row++) {
            first = Math.min(first, starts[row]);
        }
        return first;
    }

    @Override
    public void close() {
        manager.close();
    }
}

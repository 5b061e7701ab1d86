package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.NetworkConfig;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of sequences that started together, so that their next token goes to one column: [2 L, rows, K, C, S]
 * for K key heads of S numbers and C columns, allocated at once, written in place, and halved as sequences leave. A
 * sequence with a shorter prompt starts at a later column; the columns before it are masked.
 */
final class Cohort implements AutoCloseable {
    /** Size of the keys that one product reads: more than the processor's cache holds takes four times as long. */
    private static final long CACHED_BYTES = 4L << 20;

    private final NDManager manager;
    private final int heads;
    private final int size;
    private final int capacity;
    private final boolean staggered;
    private final int[] starts;
    private final NDArray[] keyColumns; // per layer: views [rows K, S, C]
    private final NDArray[] values; // per layer: views [rows K, C, S]
    private NDManager held; // what follows
    private NDArray all;
    private int allocated;
    private int rows;
    private int length;
    private @Nullable NDArray mask; // of the token that is being read

    /**
     * @param staggered whether sequences may start at different columns: then the columns before them must hold numbers
     */
    Cohort(NDManager parent, NetworkConfig config, int rows, int capacity, boolean staggered) {
        manager = parent.newSubManager();
        heads = config.keyHeads();
        size = config.headSize();
        this.capacity = capacity;
        this.staggered = staggered;
        this.rows = rows;
        starts = new int[rows];
        keyColumns = new NDArray[config.layers()];
        values = new NDArray[config.layers()];
        held = manager.newSubManager();
        Shape shape = new Shape(2L * config.layers(), rows, heads, capacity, size);
        all = staggered ? held.zeros(shape) : held.create(shape);
        allocated = rows;
        view();
    }

    private void view() {
        long layers = keyColumns.length;
        NDArray perHead = all.reshape(2 * layers, (long) allocated * heads, capacity, size);
        for (int layer = 0; layer < layers; layer++) {
            keyColumns[layer] = perHead.get(2L * layer).transpose(0, 2, 1);
            values[layer] = perHead.get(2L * layer + 1);
        }
    }

    int rows() {
        return rows;
    }

    /** Columns that are filled. */
    int length() {
        return length;
    }

    /** The position of a sequence's next token. */
    int position(int row) {
        return length - starts[row];
    }

    /**
     * Writes the next tokens' keys and values, each [rows, K, T, S], which are valid once {@link #advance} is called.
     */
    void put(int layer, NDArray newKeys, NDArray newValues) {
        write(2L * layer, newKeys);
        write(2L * layer + 1, newValues);
    }

    private void write(long place, NDArray added) {
        long tokens = added.getShape().get(2);
        Torch.write(added, all, new long[] {place, 0, 0, length, 0}, new long[] {
            place + 1, rows, heads, length + tokens, size
        });
    }

    /**
     * The attention output of one new token of each sequence, already put: softmax(q k' + mask) v for queries [B K, G,
     * S], this cohort's from row {@code first} on; the results, [.. K, G, S], are appended in order.
     */
    void attend(int layer, NDArray queries, int first, List<NDArray> results) {
        NDManager scope = queries.getManager();
        long group = queries.getShape().get(1);
        int columns = length + 1;
        int together = (int) Math.max(1, CACHED_BYTES / ((long) heads * columns * size * Float.BYTES));
        NDArray hidden = mask(columns);
        for (int from = 0; from < rows; from += together) {
            int to = Math.min(rows, from + together);
            long low = (long) from * heads;
            long high = (long) to * heads;
            long start = (long) first * heads;
            NDArray attended =
                    Torch.part(queries, new long[] {start + low, 0, 0}, new long[] {start + high, group, size}, scope);
            NDArray keys =
                    Torch.part(keyColumns[layer], new long[] {low, 0, 0}, new long[] {high, size, columns}, scope);
            NDArray seen = Torch.part(values[layer], new long[] {low, 0, 0}, new long[] {high, columns, size}, scope);
            NDArray scores = attended.batchMatMul(keys);
            if (hidden != null) {
                scores.reshape(to - from, heads * group, columns)
                        .addi(Torch.part(hidden, new long[] {from, 0, 0}, new long[] {to, 1, columns}, scope));
            }
            results.add(scores.softmax(-1).batchMatMul(seen));
        }
    }

    /**
     * Added to scores so that no sequence attends to columns before its start, [rows, 1, columns]; null if all start
     * together.
     */
    private @Nullable NDArray mask(int columns) {
        if (staggered && mask == null) {
            float[] hidden = new float[rows * columns];
            for (int row = 0; row < rows; row++) {
                Arrays.fill(hidden, row * columns, row * columns + starts[row], Network.MASKED);
            }
            mask = manager.create(hidden, new Shape(rows, 1, columns));
        }
        return mask;
    }

    /** Counts tokens that every layer has put. */
    void advance(int tokens) {
        length += tokens;
        if (mask != null) {
            mask.close();
            mask = null;
        }
    }

    /** A sequence that has read nothing starts at the next column. */
    void begin(int row) {
        starts[row] = length;
    }

    /**
     * A sequence that has read what another cohort's row has, all columns of that one, continues at the next column.
     */
    void begin(int row, Cohort source, int sourceRow) {
        starts[row] = length - source.length;
        copy(source, sourceRow, 0, row, starts[row], source.length);
    }

    /** Removes a sequence: the last one takes its place. */
    void remove(int row) {
        rows--;
        if (row < rows) {
            starts[row] = starts[rows];
            copy(this, rows, starts[row], row, starts[row], length - starts[row]);
        }
        if (rows > 0 && rows <= allocated / 2) {
            halve();
        }
    }

    private void halve() {
        long[] filled = {2L * keyColumns.length, rows, heads, length, size};
        try (NDManager before = held) {
            NDArray kept = Torch.part(all, new long[5], filled, before);
            held = manager.newSubManager();
            all = held.create(new Shape(2L * keyColumns.length, rows, heads, capacity, size));
            Torch.write(kept, all, new long[5], filled);
        }
        allocated = rows;
        view();
    }

    private void copy(Cohort source, int sourceRow, int sourceColumn, int row, int column, int columns) {
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

    @Override
    public void close() {
        manager.close();
    }
}

package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.text.Vocabulary;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences of different lengths as two rectangles [B, T]: what the network reads (begin token, then all but the last) and what it
 * has to predict. Rows are padded on the right, where the causal mask keeps padding out of sight, and to at least
 * {@link Generator#MIN_ROWS} rows.
 */
record TokenBatch(long[] inputs, long[] targets, int rows, int length) {
    static TokenBatch of(List<int[]> sequences, Vocabulary vocabulary) {
        int rows = Math.max(Generator.MIN_ROWS, sequences.size());
        int length =
                Math.max(1, sequences.stream().mapToInt(s -> s.length).max().orElse(1));
        long[] inputs = new long[rows * length];
        long[] targets = new long[rows * length];
        Arrays.fill(inputs, vocabulary.pad());
        Arrays.fill(targets, vocabulary.pad());
        for (int row = 0; row < rows; row++) {
            inputs[row * length] = vocabulary.bos();
        }
        for (int row = 0; row < sequences.size(); row++) {
            int[] sequence = sequences.get(row);
            for (int t = 0; t < sequence.length; t++) {
                targets[row * length + t] = sequence[t];
                if (t + 1 < length) {
                    inputs[row * length + t + 1] = sequence[t];
                }
            }
        }
        return new TokenBatch(inputs, targets, rows, length);
    }

    NDArray inputs(NDManager manager) {
        return manager.create(inputs, new Shape(rows, length));
    }

    /** [B, T, 1], to pick each target's log-probability. */
    NDArray targets(NDManager manager) {
        return manager.create(targets, new Shape(rows, length, 1));
    }

    /** The first {@code sequences.size()} rows of [B, T, width] values, cut to each sequence's length. */
    float[][] ragged(float[] values, int width, List<int[]> sequences) {
        float[][] result = new float[sequences.size()][];
        for (int row = 0; row < result.length; row++) {
            int start = row * length * width;
            result[row] = Arrays.copyOfRange(values, start, start + sequences.get(row).length * width);
        }
        return result;
    }

    /** The inverse of {@link #ragged} at width 1: padding is 0. */
    float[] padded(float[][] values) {
        float[] result = new float[rows * length];
        for (int row = 0; row < values.length; row++) {
            System.arraycopy(values[row], 0, result, row * length, values[row].length);
        }
        return result;
    }
}

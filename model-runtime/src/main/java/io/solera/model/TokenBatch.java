package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of similar length as two rectangles [B, T]: what the network reads (begin token, then all but the last) and what it
 * has to predict. Rows are padded on the right, where the causal mask keeps padding out of sight, and to at least
 * {@link Generator#MIN_ROWS} rows. Row b is sequence {@code places[b]} of the list that was given, of {@code lengths[b]} tokens.
 */
record TokenBatch(int[] places, int[] lengths, long[] inputs, long[] targets, int rows, int length) {
    /** Sequences in one forward pass: few, so that little is padding and the activations stay in the processor's cache. */
    private static final int ROWS = 32;

    /** All sequences, in batches from the shortest to the longest; equal lengths stay in order. */
    static List<TokenBatch> byLength(List<int[]> sequences, Vocabulary vocabulary) {
        int[] order = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> sequences.get(place).length))
                .mapToInt(Integer::intValue)
                .toArray();
        List<TokenBatch> batches = new ArrayList<>();
        for (int start = 0; start < order.length; start += ROWS) {
            int[] places = Arrays.copyOfRange(order, start, Math.min(order.length, start + ROWS));
            batches.add(of(places, sequences, vocabulary));
        }
        return batches;
    }

    private static TokenBatch of(int[] places, List<int[]> sequences, Vocabulary vocabulary) {
        int rows = Math.max(Generator.MIN_ROWS, places.length);
        int[] lengths =
                Arrays.stream(places).map(place -> sequences.get(place).length).toArray();
        int length = Math.max(1, Arrays.stream(lengths).max().orElse(1));
        long[] inputs = new long[rows * length];
        long[] targets = new long[rows * length];
        Arrays.fill(inputs, vocabulary.pad());
        Arrays.fill(targets, vocabulary.pad());
        for (int row = 0; row < rows; row++) {
            inputs[row * length] = vocabulary.bos();
        }
        for (int row = 0; row < places.length; row++) {
            int[] sequence = sequences.get(places[row]);
            for (int t = 0; t < sequence.length; t++) {
                targets[row * length + t] = sequence[t];
                if (t + 1 < sequence.length) {
                    inputs[row * length + t + 1] = sequence[t];
                }
            }
        }
        return new TokenBatch(places, lengths, inputs, targets, rows, length);
    }

    NDArray inputs(NDManager manager) {
        return manager.create(inputs, new Shape(rows, length));
    }

    /** [B T, 1], to pick each target's log-probability. */
    NDArray targets(NDManager manager) {
        return manager.create(targets, new Shape((long) rows * length, 1));
    }

    /** Copies [B T, width] values, without padding, to the sequences' places. */
    void spread(float[] values, int width, float[][] into) {
        for (int row = 0; row < places.length; row++) {
            int start = row * length * width;
            into[places[row]] = Arrays.copyOfRange(values, start, start + lengths[row] * width);
        }
    }

    /** The inverse of {@link #spread} at width 1: padding is 0. */
    float[] collect(float[][] from) {
        float[] result = new float[rows * length];
        for (int row = 0; row < places.length; row++) {
            System.arraycopy(from[places[row]], 0, result, row * length, lengths[row]);
        }
        return result;
    }
}

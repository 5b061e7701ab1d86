package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.text.SpecialTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of similar length as two rectangles [B, T]: what the network reads (prompt and completion, all but the last token) and
 * what it has to predict, padding where that is not asked for. Rows are padded on the right, where the causal mask keeps padding out
 * of sight, and to at least {@link Generator#MIN_ROWS} rows. Row b is sequence {@code places[b]} of the list that was given; its
 * {@code lengths[b]} predicted tokens begin at {@code starts[b]}.
 */
record TokenBatch(int[] places, int[] starts, int[] lengths, long[] inputs, long[] targets, int rows, int length) {
    /** All sequences, in batches from the shortest to the longest; equal lengths stay in order. */
    static List<TokenBatch> byLength(List<Sequence> sequences, SpecialTokens special) {
        int[] order = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> sequences.get(place).read()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<TokenBatch> batches = new ArrayList<>();
        for (int start = 0; start < order.length; start += Likelihood.ROWS) {
            int[] places = Arrays.copyOfRange(order, start, Math.min(order.length, start + Likelihood.ROWS));
            batches.add(of(places, sequences, special));
        }
        return batches;
    }

    private static TokenBatch of(int[] places, List<Sequence> sequences, SpecialTokens special) {
        int rows = Math.max(Generator.MIN_ROWS, places.length);
        int length = sequences.get(places[places.length - 1]).read();
        int[] starts = new int[places.length];
        int[] lengths = new int[places.length];
        long[] inputs = new long[rows * length];
        long[] targets = new long[rows * length];
        Arrays.fill(inputs, special.pad());
        Arrays.fill(targets, special.pad());
        for (int row = 0; row < places.length; row++) {
            Sequence sequence = sequences.get(places[row]);
            int[] tokens = sequence.tokens();
            int first = row * length;
            for (int t = 0; t < sequence.prompt().length; t++) {
                inputs[first + t] = sequence.prompt()[t];
            }
            starts[row] = sequence.prompt().length - 1;
            lengths[row] = tokens.length;
            for (int t = 0; t < tokens.length; t++) {
                targets[first + starts[row] + t] = tokens[t];
                if (t + 1 < tokens.length) {
                    inputs[first + starts[row] + t + 1] = tokens[t];
                }
            }
        }
        return new TokenBatch(places, starts, lengths, inputs, targets, rows, length);
    }

    NDArray inputs(NDManager manager) {
        return manager.create(inputs, new Shape(rows, length));
    }

    /** [B T, 1], to pick each target's log-probability. */
    NDArray targets(NDManager manager) {
        return manager.create(targets, new Shape((long) rows * length, 1));
    }

    /** Copies [B T, width] values, those of predicted tokens, to the sequences' places. */
    void spread(float[] values, int width, float[][] into) {
        for (int row = 0; row < places.length; row++) {
            int start = (row * length + starts[row]) * width;
            into[places[row]] = Arrays.copyOfRange(values, start, start + lengths[row] * width);
        }
    }

    /** The inverse of {@link #spread} at width 1: what is not predicted is 0. */
    float[] collect(float[][] from) {
        return collect(from, 1);
    }

    /** The inverse of {@link #spread}. */
    float[] collect(float[][] from, int width) {
        float[] result = new float[rows * length * width];
        for (int row = 0; row < places.length; row++) {
            int start = (row * length + starts[row]) * width;
            System.arraycopy(from[places[row]], 0, result, start, lengths[row] * width);
        }
        return result;
    }
}

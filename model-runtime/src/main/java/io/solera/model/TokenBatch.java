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
 * Sequences of similar length as a rectangle of what the network reads [B, T]: prompt and completion, all but the last token. Rows are padded
 * on the right, where the causal mask keeps padding out of sight, and to at least {@link Generator#MIN_ROWS} rows. Row b is sequence
 * {@code places[b]} of the list that was given. What is predicted, {@code lengths[b]} tokens of row b, stands in the order of rows:
 * {@code positions} in the rectangle where the network says it, and {@code targets}; the first is repeated up to MIN_ROWS.
 */
record TokenBatch(int[] places, int[] lengths, long[] inputs, int rows, int length, long[] positions, long[] targets) {
    /**
     * Tokens in one forward pass, where MIN_ROWS rows do not have more: as many as matrix products need, and few, so that little is padding
     * and activations stay in the processor's cache.
     */
    static final int TOKENS = 256;

    /** All sequences, in batches from the shortest to the longest; equal lengths stay in order. */
    static List<TokenBatch> byLength(List<Sequence> sequences, SpecialTokens special) {
        int[] order = IntStream.range(0, sequences.size())
                .boxed()
                .sorted(Comparator.comparingInt(place -> sequences.get(place).read()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<TokenBatch> batches = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= order.length; end++) {
            if (end == order.length
                    || end + 1 - start > rows(sequences.get(order[end]).read())) {
                batches.add(of(Arrays.copyOfRange(order, start, end), sequences, special));
                start = end;
            }
        }
        return batches;
    }

    /** Sequences of that many tokens in one batch, at most. */
    static int rows(int tokens) {
        return Math.max(Generator.MIN_ROWS, TOKENS / Math.max(1, tokens));
    }

    private static TokenBatch of(int[] places, List<Sequence> sequences, SpecialTokens special) {
        int rows = Math.max(Generator.MIN_ROWS, places.length);
        int length = sequences.get(places[places.length - 1]).read();
        int[] lengths = new int[places.length];
        long[] inputs = new long[rows * length];
        Arrays.fill(inputs, special.pad());
        int predicted = Arrays.stream(places)
                .map(place -> sequences.get(place).tokens().length)
                .sum();
        long[] positions = new long[Math.max(Generator.MIN_ROWS, predicted)];
        long[] targets = new long[positions.length];
        int next = 0;
        for (int row = 0; row < places.length; row++) {
            Sequence sequence = sequences.get(places[row]);
            int[] tokens = sequence.tokens();
            int first = row * length;
            for (int t = 0; t < sequence.prompt().length; t++) {
                inputs[first + t] = sequence.prompt()[t];
            }
            int start = first + sequence.prompt().length - 1;
            lengths[row] = tokens.length;
            for (int t = 0; t < tokens.length; t++) {
                positions[next] = (long) start + t;
                targets[next++] = tokens[t];
                if (t + 1 < tokens.length) {
                    inputs[start + t + 1] = tokens[t];
                }
            }
        }
        Arrays.fill(positions, next, positions.length, positions[0]);
        Arrays.fill(targets, next, targets.length, targets[0]);
        return new TokenBatch(places, lengths, inputs, rows, length, positions, targets);
    }

    NDArray inputs(NDManager manager) {
        return manager.create(inputs, new Shape(rows, length));
    }

    /** The rows of [B T, D] where something is predicted: [N, D]. */
    NDArray predicted(NDArray values) {
        NDManager manager = values.getManager();
        return positions.length == inputs.length
                ? values
                : Torch.embedding(manager.create(positions, new Shape(positions.length)), values);
    }

    /** [N, 1], to pick each target's log-probability. */
    NDArray targets(NDManager manager) {
        return manager.create(targets, new Shape(targets.length, 1));
    }

    /** Copies [N, width] values of predicted tokens to the sequences' places. */
    void spread(float[] values, int width, float[][] into) {
        int start = 0;
        for (int row = 0; row < places.length; row++) {
            int end = start + lengths[row] * width;
            into[places[row]] = Arrays.copyOfRange(values, start, end);
            start = end;
        }
    }

    /** The inverse of {@link #spread} at width 1; repeated ones are 0. */
    float[] collect(float[][] from) {
        float[] result = new float[positions.length];
        int start = 0;
        for (int row = 0; row < places.length; row++) {
            System.arraycopy(from[places[row]], 0, result, start, lengths[row]);
            start += lengths[row];
        }
        return result;
    }
}

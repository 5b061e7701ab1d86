package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.text.LengthBatches;
import io.solera.text.SpecialTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences of similar length as a rectangle of input tokens [B, T]: prompt and completion without the last token. Rows
 * are padded on the right, where the causal mask hides the padding, and to at least {@link Generator#MIN_ROWS} rows.
 * Row b is sequence {@code indices[b]} of the given list. Outputs are gathered at N {@code positions} of the rectangle
 * (empty: at all B T). Among them, the {@code lengths[b]} predicted tokens of row b start at {@code starts[b]};
 * {@code targets} [N] are their ids.
 */
record TokenBatch(
        int[] indices,
        int[] starts,
        int[] lengths,
        long[] inputs,
        int rows,
        int length,
        long[] positions,
        long[] targets) {
    /**
     * Tokens in one forward pass, unless MIN_ROWS rows have more: enough for matrix products to be fast, and few enough
     * that there is little padding and activations stay in the processor's cache.
     */
    static final int TOKENS = 256;

    /** All sequences, in batches from shortest to longest; equal lengths keep their order. */
    static List<TokenBatch> byLength(List<Sequence> sequences, SpecialTokens special) {
        int[] order = LengthBatches.order(
                sequences.size(), place -> sequences.get(place).read());
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

    /** Maximum number of sequences of that many tokens in one batch. */
    static int rows(int tokens) {
        return Math.max(Generator.MIN_ROWS, TOKENS / Math.max(1, tokens));
    }

    private static TokenBatch of(int[] indices, List<Sequence> sequences, SpecialTokens special) {
        int rows = Math.max(Generator.MIN_ROWS, indices.length);
        int length = sequences.get(indices[indices.length - 1]).read();
        int[] starts = new int[indices.length];
        int[] lengths = new int[indices.length];
        long[] inputs = new long[rows * length];
        Arrays.fill(inputs, special.pad());
        for (int row = 0; row < indices.length; row++) {
            Sequence sequence = sequences.get(indices[row]);
            int[] prompt = sequence.prompt();
            int[] tokens = sequence.tokens();
            starts[row] = row * length + prompt.length - 1;
            lengths[row] = tokens.length;
            for (int t = 0; t < prompt.length; t++) {
                inputs[row * length + t] = prompt[t];
            }
            for (int t = 0; t + 1 < tokens.length; t++) {
                inputs[starts[row] + t + 1] = tokens[t];
            }
        }
        long[] positions = positions(starts, lengths, (long) indices.length * length);
        if (positions.length > 0) {
            for (int row = 0, start = 0; row < starts.length; start += lengths[row++]) {
                starts[row] = start;
            }
        }
        long[] targets = new long[positions.length > 0 ? positions.length : inputs.length];
        Arrays.fill(targets, special.pad());
        for (int row = 0; row < indices.length; row++) {
            int[] tokens = sequences.get(indices[row]).tokens();
            for (int t = 0; t < tokens.length; t++) {
                targets[starts[row] + t] = tokens[t];
            }
        }
        return new TokenBatch(indices, starts, lengths, inputs, rows, length, positions, targets);
    }

    /**
     * The positions where a token is predicted, the first one repeated up to a multiple of MIN_ROWS; empty if prompts
     * and padding are less than half. A fixed multiple keeps the last bits of a sequence's outputs independent of the
     * other sequences, which products of other numbers of rows may not.
     */
    private static long[] positions(int[] starts, int[] lengths, long read) {
        int predicted = Arrays.stream(lengths).sum();
        if (predicted == 0 || 2L * predicted > read) {
            return new long[0];
        }
        long[] positions = new long[(predicted + Generator.MIN_ROWS - 1) / Generator.MIN_ROWS * Generator.MIN_ROWS];
        int next = 0;
        for (int row = 0; row < starts.length; row++) {
            for (int t = 0; t < lengths[row]; t++) {
                positions[next++] = (long) starts[row] + t;
            }
        }
        Arrays.fill(positions, next, positions.length, positions[0]);
        return positions;
    }

    NDArray inputs(NDManager manager) {
        return manager.create(inputs, new Shape(rows, length));
    }

    /** The rows of [B T, D] where a token is predicted: [N, D]. */
    NDArray gatherPredicted(NDArray values) {
        return positions.length == 0
                ? values
                : Torch.embedding(values.getManager().create(positions, new Shape(positions.length)), values);
    }

    /** [N, 1], to pick each target's log-probability. */
    NDArray targets(NDManager manager) {
        return manager.create(targets, new Shape(targets.length, 1));
    }

    /** Copies [N, width] values of predicted tokens to the rows of their sequences. */
    void spread(float[] values, int width, float[][] into) {
        for (int row = 0; row < indices.length; row++) {
            into[indices[row]] = Arrays.copyOfRange(values, starts[row] * width, (starts[row] + lengths[row]) * width);
        }
    }

    /** The inverse of {@link #spread}: 0 where nothing is predicted. */
    float[] collect(float[][] from, int width) {
        float[] result = new float[targets.length * width];
        for (int row = 0; row < indices.length; row++) {
            System.arraycopy(from[indices[row]], 0, result, starts[row] * width, lengths[row] * width);
        }
        return result;
    }
}

package io.solera.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Texts by their number of tokens, from the shortest on, those of one length in the order they came: a network pads
 * little.
 */
public final class LengthBatches {
    private LengthBatches() {}

    /** The places 0 .. count-1, sorted by {@code length}. */
    public static int[] order(int count, IntUnaryOperator length) {
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt(length::applyAsInt))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The same, cut where the length changes and after so many rows: no row is padded because of another. */
    public static List<int[]> ofOneLength(int count, IntUnaryOperator length, int rows) {
        int[] order = order(count, length);
        List<int[]> batches = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= order.length; end++) {
            if (end == order.length
                    || end - start == rows
                    || length.applyAsInt(order[end]) != length.applyAsInt(order[start])) {
                batches.add(Arrays.copyOfRange(order, start, end));
                start = end;
            }
        }
        return batches;
    }
}

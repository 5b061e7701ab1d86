package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys and values of the tokens so far, so that generation computes only those of the new token. The rows of a batch
 * are the sequences of its cohorts, in order; each cohort attends to its own columns, so that shorter sequences read no
 * padding. Rows past them fill the batch: they attend to nothing and are not kept.
 */
final class KeyValueCache {
    private final List<Cohort> cohorts;

    KeyValueCache(List<Cohort> cohorts) {
        this.cohorts = cohorts;
    }

    KeyValueCache(Cohort cohort) {
        this(List.of(cohort));
    }

    /** Tokens read so far of the longest sequences, including prompts. */
    int length() {
        return cohorts.stream().mapToInt(Cohort::length).max().orElse(0);
    }

    /** The position of the next token in each row. */
    long[] positions(int rows) {
        long[] positions = new long[rows];
        int k = 0;
        for (Cohort cohort : cohorts) {
            for (int row = 0; row < cohort.rows(); row++) {
                positions[k++] = cohort.position(row);
            }
        }
        return positions;
    }

    /** The position of the next token if it is the same in all rows, else -1. */
    int position(int rows) {
        long[] positions = positions(rows);
        return Arrays.stream(positions).allMatch(position -> position == positions[0]) ? (int) positions[0] : -1;
    }

    /** Writes the next tokens' keys and values, each [B, K, T, S], which are valid once {@link #advance} is called. */
    void put(int layer, NDArray newKeys, NDArray newValues) {
        int first = 0;
        for (Cohort cohort : cohorts) {
            cohort.put(layer, rows(newKeys, first, cohort.rows()), rows(newValues, first, cohort.rows()));
            first += cohort.rows();
        }
    }

    private static NDArray rows(NDArray array, int first, int rows) {
        Shape shape = array.getShape();
        return rows == shape.get(0)
                ? array
                : Torch.part(
                        array,
                        new long[] {first, 0, 0, 0},
                        new long[] {first + (long) rows, shape.get(1), shape.get(2), shape.get(3)},
                        array.getManager());
    }

    /**
     * The attention output of one new token of each sequence, already put, for queries [B K, G, S] and in that shape.
     */
    NDArray attend(int layer, NDArray queries) {
        List<NDArray> parts = new ArrayList<>();
        int rows = 0;
        for (Cohort cohort : cohorts) {
            cohort.attend(layer, queries, rows, parts);
            rows += cohort.rows();
        }
        Shape shape = queries.getShape();
        long filled = parts.stream().mapToLong(part -> part.getShape().get(0)).sum();
        if (filled < shape.get(0)) {
            parts.add(queries.getManager().zeros(new Shape(shape.get(0) - filled, shape.get(1), shape.get(2))));
        }
        return Torch.stacked(parts);
    }

    /** Counts tokens that every layer has put. */
    void advance(int tokens) {
        cohorts.forEach(cohort -> cohort.advance(tokens));
    }
}

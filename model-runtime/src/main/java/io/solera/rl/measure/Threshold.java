package io.solera.rl.measure;

import java.io.Serializable;
import java.util.List;

/** What a reward's raw value must be for a success: at least this and at most that, infinite where one side is open. */
public record Threshold(double atLeast, double atMost) implements Serializable {
    /** A reward without a threshold: even a missing value meets it. */
    public static final Threshold NONE = new Threshold(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Threshold {
        if (!(atLeast <= atMost)) {
            throw new IllegalArgumentException(
                    "Invalid at-least: %s (must be at most at-most, %s)".formatted(atLeast, atMost));
        }
    }

    /** A missing value meets no stated threshold. */
    public boolean met(double value) {
        return equals(NONE) || (value >= atLeast && value <= atMost);
    }

    /** Whether a sample's raw rewards meet all thresholds, in the same order. */
    public static boolean success(double[] row, List<Threshold> thresholds) {
        for (int k = 0; k < row.length; k++) {
            if (!thresholds.get(k).met(row[k])) {
                return false;
            }
        }
        return true;
    }

    /** The share of all rows [n, N] that are a success. A row with a missing value where a threshold is stated is none. */
    public static Interval successShare(double[][] rows, List<Threshold> thresholds) {
        long hits = 0;
        for (double[] row : rows) {
            hits += success(row, thresholds) ? 1 : 0;
        }
        return Interval.ofShare(hits, rows.length);
    }
}

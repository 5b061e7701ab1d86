package io.solera.rl.measure;

import io.solera.problem.SettingException;
import java.io.Serializable;
import java.util.List;

/** The range a reward's raw value must be in for a success; a bound is infinite if that side is open. */
public record Threshold(double atLeast, double atMost) implements Serializable {
    /** A reward without a threshold: even a missing value meets it. */
    public static final Threshold NONE = new Threshold(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Threshold {
        if (!(atLeast <= atMost)) {
            throw new SettingException("at-least", atLeast, "must be at most at-most, %s".formatted(atMost));
        }
    }

    /** A missing value meets no threshold. */
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

    /** The share of all rows [n, N] that are a success. A row that misses a value with a threshold is not a success. */
    public static Interval successShare(double[][] rows, List<Threshold> thresholds) {
        long hits = 0;
        for (double[] row : rows) {
            hits += success(row, thresholds) ? 1 : 0;
        }
        return Interval.ofShare(hits, rows.length);
    }
}

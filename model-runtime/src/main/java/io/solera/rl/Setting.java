package io.solera.rl;

import io.solera.problem.SettingException;

/** The rules that settings are checked against, each named as the key of a job is. */
public final class Setting {
    private Setting() {}

    public static void above(String key, double value, double bound) {
        require(value > bound && Double.isFinite(value), key, value, "must be above " + plain(bound));
    }

    public static void atLeast(String key, double value, double bound) {
        require(value >= bound && Double.isFinite(value), key, value, "must be " + plain(bound) + " or more");
    }

    public static void atLeastOne(String key, int value) {
        require(value >= 1, key, value, "must be at least 1");
    }

    public static void fromZeroToOne(String key, double value) {
        require(value >= 0 && value <= 1, key, value, "must be from 0 to 1");
    }

    public static void atLeastZeroBelowOne(String key, double value) {
        require(value >= 0 && value < 1, key, value, "must be 0 or more and below 1");
    }

    public static void aboveZeroAtMostOne(String key, double value) {
        require(value > 0 && value <= 1, key, value, "must be above 0 and at most 1");
    }

    /** @throws SettingException unless the rule holds */
    public static void require(boolean holds, String key, double value, String rule) {
        if (!holds) {
            throw new SettingException(key, plain(value), rule);
        }
    }

    /** A number without a fraction that it does not have. */
    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}

package io.solera.rl;

/** The rules that settings are checked against, with the key as the user wrote it. */
public final class Setting {
    private Setting() {}

    public static void above(String key, double value, double bound) {
        require(value > bound && Double.isFinite(value), key, value, "above " + plain(bound));
    }

    public static void atLeast(String key, double value, double bound) {
        require(value >= bound && Double.isFinite(value), key, value, plain(bound) + " or more");
    }

    static void atLeastZeroAtMostOne(String key, double value) {
        require(value >= 0 && value <= 1, key, value, "from 0 to 1");
    }

    public static void atLeastZeroBelowOne(String key, double value) {
        require(value >= 0 && value < 1, key, value, "0 or more and below 1");
    }

    private static void require(boolean holds, String key, double value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("Invalid %s: %s (must be %s)".formatted(key, plain(value), rule));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}

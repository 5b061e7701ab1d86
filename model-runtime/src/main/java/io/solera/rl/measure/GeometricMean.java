package io.solera.rl.measure;

/** The geometric mean of a sample's shaped rewards, (x_1 .. x_N)^(1/N): 0 where one is 0, missing where one is missing. */
public final class GeometricMean {
    private GeometricMean() {}

    public static double of(double[] row) {
        double sum = 0;
        for (double value : row) {
            if (value < 0) {
                throw new IllegalArgumentException("Invalid shaped reward: %s (must be 0 or more)".formatted(value));
            }
            sum += Math.log(value);
        }
        return Math.exp(sum / row.length);
    }
}

package io.solera.rl;

/**
 * Count, mean and variance (over n - 1; 0 for fewer than 2) of the numbers that are not missing; the mean of none is
 * NaN.
 */
public record Moments(long count, double mean, double variance) {
    public static Moments of(double[] values) {
        long count = 0;
        double sum = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                count++;
                sum += value;
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        return new Moments(count, mean, count < 2 ? 0 : squares / (count - 1));
    }

    public double deviation() {
        return Math.sqrt(variance);
    }
}

package io.solera.rl;

/**
 * Scales numbers to mean 0 and deviation 1: (x - mean) / sqrt(variance + 1e-8), with the variance over n - 1. Missing
 * values are left out of both. If all numbers are equal they become 0.
 */
public final class Whitening {
    private static final double EPSILON = 1e-8;

    private Whitening() {}

    /** Standardised scores of a batch; a missing one stays missing. */
    public static double[] scores(double[] scores) {
        Moments moments = Moments.of(scores);
        double[] result = new double[scores.length];
        for (int b = 0; b < scores.length; b++) {
            result[b] = whitened(scores[b], moments);
        }
        return result;
    }

    /** Advantages [b][t] whitened over all tokens of the samples that are not missing; the missing ones' become 0. */
    public static float[][] advantages(float[][] advantages, boolean[] missing) {
        long tokens = 0;
        double sum = 0;
        for (int b = 0; b < advantages.length; b++) {
            if (!missing[b]) {
                tokens += advantages[b].length;
                for (float advantage : advantages[b]) {
                    sum += advantage;
                }
            }
        }
        double mean = tokens == 0 ? 0 : sum / tokens;
        double squares = 0;
        for (int b = 0; b < advantages.length; b++) {
            if (!missing[b]) {
                for (float advantage : advantages[b]) {
                    squares += (advantage - mean) * (advantage - mean);
                }
            }
        }
        Moments moments = new Moments(tokens, mean, tokens < 2 ? 0 : squares / (tokens - 1));
        float[][] result = Ragged.zerosLike(advantages);
        for (int b = 0; b < advantages.length; b++) {
            for (int t = 0; !missing[b] && t < advantages[b].length; t++) {
                result[b][t] = (float) whitened(advantages[b][t], moments);
            }
        }
        return result;
    }

    /** Which scores are missing. */
    public static boolean[] missing(double[] scores) {
        boolean[] missing = new boolean[scores.length];
        for (int b = 0; b < scores.length; b++) {
            missing[b] = Double.isNaN(scores[b]);
        }
        return missing;
    }

    private static double whitened(double value, Moments moments) {
        return (value - moments.mean()) / Math.sqrt(moments.variance() + EPSILON);
    }
}

package io.solera.rl;

import java.util.Arrays;

/** Arithmetic on [b][t] arrays whose rows differ in length: one number per token of every sample. */
public final class Ragged {
    private Ragged() {}

    /** The number of tokens of all samples. */
    public static long tokens(float[][] values) {
        long count = 0;
        for (float[] row : values) {
            count += row.length;
        }
        return count;
    }

    public static float[][] zerosLike(float[][] values) {
        float[][] result = new float[values.length][];
        for (int b = 0; b < values.length; b++) {
            result[b] = new float[values[b].length];
        }
        return result;
    }

    /** sum += alpha term, in place. */
    public static void add(float[][] sum, double alpha, float[][] term) {
        requireSameShape(sum, term);
        for (int b = 0; b < sum.length; b++) {
            for (int t = 0; t < sum[b].length; t++) {
                sum[b][t] = (float) (sum[b][t] + alpha * term[b][t]);
            }
        }
    }

    /** Repeats each sample's number for every one of its tokens; shaped like {@code tokens}. */
    public static float[][] spread(double[] perSample, float[][] tokens) {
        requireSameLength(perSample, tokens);
        float[][] result = zerosLike(tokens);
        for (int b = 0; b < result.length; b++) {
            Arrays.fill(result[b], (float) perSample[b]);
        }
        return result;
    }

    /** The sum of each sample's tokens. */
    public static double[] sums(float[][] values) {
        double[] result = new double[values.length];
        for (int b = 0; b < values.length; b++) {
            for (float value : values[b]) {
                result[b] += value;
            }
        }
        return result;
    }

    static void requireSameShape(float[][] a, float[][] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "Cannot combine samples: their numbers differ (%d and %d)".formatted(a.length, b.length));
        }
        for (int k = 0; k < a.length; k++) {
            if (a[k].length != b[k].length) {
                throw new IllegalArgumentException("Cannot combine tokens: sample %d has different lengths (%d and %d)"
                        .formatted(k, a[k].length, b[k].length));
            }
        }
    }

    static void requireSameLength(double[] perSample, float[][] tokens) {
        if (perSample.length != tokens.length) {
            throw new IllegalArgumentException("Cannot combine samples: their numbers differ (%d and %d)"
                    .formatted(perSample.length, tokens.length));
        }
    }
}

package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Random updates for rules: two to eight vectors and weights, of every kind that makes a Gram matrix hard. Vectors are
 * given too, so that a test need not believe the Gram matrix.
 *
 * @param u [N][dimension]
 * @param weights some are 0 in a fifth of all cases, but not all
 */
record RandomUpdates(double[][] u, double[] weights) {
    static RandomUpdates of(RandomKey key) {
        int n = 2 + key.with("n").index(0, 7);
        int kind = key.with("kind").index(0, 8);
        int dimension = kind == 1 ? 1 + key.with("dimension").index(0, n) : n + (kind == 0 ? 3 : 0);
        double[][] u = new double[n][dimension];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < dimension; k++) {
                u[i][k] = key.with("u").with(i).gaussian(k);
            }
        }
        RandomKey near = key.with("near");
        double small = kind % 2 == 0 ? 0 : Math.pow(10, -1 - 9 * near.uniform(0));
        for (int k = 0; k < dimension; k++) {
            switch (kind) {
                case 2, 3 -> u[0][k] = 2 * u[1][k] + small * u[0][k]; // the same direction, or nearly
                case 4, 5 -> u[0][k] = -3 * u[1][k] + small * u[0][k]; // opposed, or nearly
                case 6 -> u[0][k] = 0;
                case 7 -> {
                    for (int i = 0; i < n - 1; i++) {
                        u[i][k] = u[n - 1][k] + small * u[i][k]; // all nearly the same
                    }
                }
                default -> {}
            }
        }
        double[] weights = new double[n];
        double scale = Math.pow(10, 24 * key.with("scale").uniform(0) - 12);
        boolean uneven = key.with("uneven").index(0, 3) == 0;
        for (int i = 0; i < n; i++) {
            double own = uneven ? Math.pow(10, 12 * key.with("own").uniform(i) - 6) : 1;
            for (int k = 0; k < dimension; k++) {
                u[i][k] *= scale * own;
            }
            boolean left = i > 0
                    && key.with("left").index(0, 5) == 0
                    && key.with("out").index(i, 3) == 0;
            weights[i] = left ? 0 : 0.1 + key.with("weight").uniform(i);
        }
        return new RandomUpdates(u, weights);
    }

    int size() {
        return u.length;
    }

    GramMatrix gram() {
        double[][] g = new double[u.length][u.length];
        for (int i = 0; i < g.length; i++) {
            for (int j = 0; j < g.length; j++) {
                g[i][j] = dot(u[i], u[j]);
            }
        }
        return new GramMatrix(g);
    }

    /** Those with a weight that are not zero. */
    int[] active() {
        return IntStream.range(0, u.length)
                .filter(i -> weights[i] > 0 && norm(u[i]) > 0)
                .toArray();
    }

    /** The norm of the shortest of these. */
    double shortest() {
        return Arrays.stream(active()).mapToDouble(i -> norm(u[i])).min().orElse(0);
    }

    /** sum_i alphas[i] u_i. */
    double[] combined(double[] alphas) {
        double[] d = new double[u[0].length];
        for (int i = 0; i < alphas.length; i++) {
            for (int k = 0; k < d.length; k++) {
                d[k] += alphas[i] * u[i][k];
            }
        }
        return d;
    }

    /** sum_i |alphas[i]| |u_i|: a combination is exact up to rounding of this. */
    double terms(double[] alphas) {
        double sum = 0;
        for (int i = 0; i < alphas.length; i++) {
            sum += Math.abs(alphas[i]) * norm(u[i]);
        }
        return sum;
    }

    /** (d, u_i) / |u_i|; 0 for a zero update. */
    double along(double[] d, int i) {
        double norm = norm(u[i]);
        return norm == 0 ? 0 : dot(d, u[i]) / norm;
    }

    static double norm(double[] v) {
        return Math.sqrt(dot(v, v));
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(sum);
    }
}

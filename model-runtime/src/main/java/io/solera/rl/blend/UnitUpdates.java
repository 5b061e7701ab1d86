package io.solera.rl.blend;

import io.solera.problem.DataException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a rule combines: the updates with a weight above 0 that are not zero, brought to norm 1, e_i = u_i / |u_i|. So
 * updates of very different lengths keep their digits. A rule finds z of the combination sum_i z_i e_i; then alpha_i =
 * z_i / |u_i|.
 *
 * @param shares all weights, divided by their sum
 * @param places of the n updates among all
 * @param norms of the n, relative to the longest
 * @param cosines C[i][j] = (e_i, e_j), positive semidefinite up to rounding and often singular
 */
record UnitUpdates(double[] shares, int[] places, double[] norms, double[][] cosines) {
    /** @throws DataException for a product that is not a number or not finite */
    static UnitUpdates of(GramMatrix gram, double[] weights) {
        if (weights.length != gram.size()) {
            throw new IllegalArgumentException(
                    "Cannot blend: %d updates need as many weights (%d)".formatted(gram.size(), weights.length));
        }
        gram.requireFinite();
        double[] shares = WeightedMean.of(weights);
        int[] places = IntStream.range(0, shares.length)
                .filter(i -> shares[i] > 0 && gram.value(i, i) >= Double.MIN_NORMAL)
                .toArray();
        double[] lengths = Arrays.stream(places)
                .mapToDouble(i -> Math.sqrt(gram.value(i, i)))
                .toArray();
        double longest = Arrays.stream(lengths).max().orElse(1);
        double[] norms = Arrays.stream(lengths).map(length -> length / longest).toArray();
        double[][] cosines = new double[places.length][places.length];
        for (int i = 0; i < places.length; i++) {
            for (int j = 0; j < places.length; j++) {
                cosines[i][j] = i == j ? 1 : gram.value(places[i], places[j]) / lengths[i] / lengths[j];
            }
        }
        return new UnitUpdates(shares, places, norms, cosines);
    }

    /** n. */
    int count() {
        return places.length;
    }

    /** Places of the zero updates with a weight above 0. */
    int[] zeros() {
        return IntStream.range(0, shares.length)
                .filter(i -> shares[i] > 0 && Arrays.binarySearch(places, i) < 0)
                .toArray();
    }

    /** w_i of the n. */
    double[] weights() {
        return Arrays.stream(places).mapToDouble(i -> shares[i]).toArray();
    }

    /** z of the weighted mean, w_i |u_i|. */
    double[] mean() {
        return IntStream.range(0, places.length)
                .mapToDouble(i -> shares[places[i]] * norms[i])
                .toArray();
    }

    /** C z: the combination's inner products with the e_i. */
    double[] along(double[] z) {
        return Arrays.stream(cosines).mapToDouble(row -> dot(row, z)).toArray();
    }

    /** |sum_i z_i e_i|. */
    double length(double[] z) {
        return Math.sqrt(Math.max(0, dot(z, along(z))));
    }

    /** alpha of a combination; 0 for updates that are not among the n. */
    double[] alphas(double[] z) {
        double[] alphas = new double[shares.length];
        for (int i = 0; i < z.length; i++) {
            alphas[places[i]] = z[i] / norms[i];
        }
        return alphas;
    }

    /** alpha of the weighted mean plus a combination: exactly the weighted mean where z is 0. */
    double[] alphasOfMeanPlus(double[] z) {
        double[] alphas = alphas(z);
        Arrays.setAll(alphas, i -> shares[i] + alphas[i]);
        return alphas;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}

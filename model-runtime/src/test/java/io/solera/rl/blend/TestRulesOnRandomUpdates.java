package io.solera.rl.blend;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.rl.RandomKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every rule on the same 10,000 random sets of updates ({@link RandomUpdates}), by conditions that prove its result
 * optimal, evaluated on the vectors, or by another way to the same result. Tolerances are shares of sum_i |alpha_i|
 * |u_i|, of which a combination is a sum.
 */
class TestRulesOnRandomUpdates {
    private static final int CASES = 10_000;
    private static final double TOLERANCE = 2e-8;
    private static final RandomKey KEY = RandomKey.of(15);

    private static void forEach(Consumer<RandomUpdates> check) {
        List<String> wrong = IntStream.range(0, CASES)
                .parallel()
                .mapToObj(t -> wrong(t, check))
                .flatMap(Optional::stream)
                .toList();
        assertThat(wrong.stream().limit(5)).as("%d of %d", wrong.size(), CASES).isEmpty();
    }

    private static Optional<String> wrong(int t, Consumer<RandomUpdates> check) {
        try {
            check.accept(RandomUpdates.of(KEY.with(t)));
            return Optional.empty();
        } catch (AssertionError error) {
            return Optional.of("case " + t + ": " + error.getMessage());
        }
    }

    /** As AssertJ's assertions, a million of which would take most of the time. */
    private static void assertAtMost(double actual, double bound) {
        if (!(actual <= bound)) {
            throw new AssertionError("%s must be at most %s".formatted(actual, bound));
        }
    }

    private static double[] alphas(BlendRule rule, RandomUpdates updates) {
        double[] alphas = rule.coefficients(updates.gram(), updates.weights(), KEY);
        for (int i = 0; i < alphas.length; i++) {
            assertAtMost(Math.abs(alphas[i]), Double.MAX_VALUE);
            if (updates.weights()[i] == 0) {
                assertAtMost(Math.abs(alphas[i]), 0);
            }
        }
        return alphas;
    }

    /** The shortest vector u of the hull: (u, u_i) is at least |u|^2 for all i. */
    @Test
    void minNormIsTheShortestOfTheHull() {
        forEach(updates -> {
            double[] alphas = alphas(new MinNorm(false), updates);
            assertHull(alphas);
            double[] u = updates.combined(alphas);
            double squared = RandomUpdates.dot(u, u);
            for (int i = 0; i < alphas.length; i++) {
                if (updates.weights()[i] > 0) {
                    double norm = RandomUpdates.norm(updates.u()[i]);
                    double slack = RandomUpdates.dot(u, updates.u()[i]) - squared;
                    assertAtMost(-TOLERANCE * norm * updates.terms(alphas), slack);
                }
            }
        });
    }

    @Test
    void dualProjIsTheNearestThatOpposesNone() {
        forEach(updates -> {
            double[] alphas = alphas(new DualProj(), updates);
            double[] mean = WeightedMean.of(updates.weights());
            double[] added = new double[alphas.length];
            Arrays.setAll(added, i -> alphas[i] - mean[i]);
            assertProjection(updates, mean, added);
        });
    }

    /**
     * d = sum_i (from_i + added_i) u_i is the projection of sum_i from_i u_i onto the dual cone: it opposes nobody, and
     * only those at right angles to it were added (Karush, Kuhn and Tucker).
     */
    private static void assertProjection(RandomUpdates updates, double[] from, double[] added) {
        double[] sum = new double[from.length];
        Arrays.setAll(sum, i -> from[i] + added[i]);
        double[] d = updates.combined(sum);
        double rounding = TOLERANCE * updates.terms(sum);
        for (int i : updates.active()) {
            assertAtMost(0, added[i]);
            assertAtMost(-rounding, updates.along(d, i));
            if (added[i] > 0) {
                assertAtMost(updates.along(d, i), rounding);
            }
        }
    }

    @Test
    void upGradIsTheMeanOfProjections() {
        forEach(updates -> {
            double[] alphas = alphas(new UpGrad(), updates);
            UnitUpdates units = UnitUpdates.of(updates.gram(), updates.weights());
            double[] sum = new double[alphas.length];
            for (int k = 0; k < units.count(); k++) {
                double[] z = new double[units.count()];
                z[k] = 1;
                double[] from = units.alphas(z);
                double[] added = units.alphas(DualProj.toDualCone(units, z));
                assertProjection(updates, from, added);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += units.mean()[k] * (from[i] + added[i]);
                }
            }
            double[] rest = new double[alphas.length];
            Arrays.setAll(rest, i -> alphas[i] - sum[i]);
            assertAtMost(RandomUpdates.norm(updates.combined(rest)), 1e-12 * updates.terms(alphas));
        });
    }

    /**
     * The same without G, in each tenth case: the nearest of the projections onto all faces of the cone that are
     * in it.
     */
    @Test
    void upGradIsTheMeanOfProjectionsOntoFaces() {
        for (int t = 0; t < CASES; t += 10) {
            RandomUpdates updates = RandomUpdates.of(KEY.with(t));
            double[] alphas = alphas(new UpGrad(), updates);
            double[] mean = WeightedMean.of(updates.weights());
            double[] sum = new double[updates.u()[0].length];
            for (int i : updates.active()) {
                double[] projected = new Faces(updates).nearest(updates.u()[i]);
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += mean[i] * projected[k];
                }
            }
            assertThat(RandomUpdates.distance(updates.combined(alphas), sum))
                    .as("case %d", t)
                    .isLessThanOrEqualTo(1e-5 * updates.terms(alphas));
        }
    }

    /**
     * No d in the ball around g_0 has a smallest product above (g_w, g_0) + c |g_0| |g_w|, for any w on the simplex:
     * the bound at w = y / sum y, or at the shortest vector of the hull, is reached. Where that vector is 0 up to
     * rounding, no product is above 0, and none is below.
     */
    @Test
    void caGradMaximizesTheLeastGain() {
        forEach(updates -> {
            double c = List.of(0.1, 0.4, 0.9).get(updates.size() % 3);
            double[] alphas = alphas(new CaGrad(c), updates);
            double[] mean = WeightedMean.of(updates.weights());
            double[] g0 = updates.combined(mean);
            double[] d = updates.combined(scaled(alphas, 1 + c));
            double radius = c * RandomUpdates.norm(g0);
            double rounding = TOLERANCE * (updates.terms(mean) + updates.terms(alphas));
            assertAtMost(RandomUpdates.distance(d, g0), radius + rounding);
            double[] y = new double[alphas.length];
            for (int i : updates.active()) {
                y[i] = (1 + c) * alphas[i] - mean[i];
                assertAtMost(-1e-15, y[i]);
            }
            if (updates.active().length == 0) {
                return;
            }
            double[] shortest =
                    updates.combined(new MinNorm(false).coefficients(updates.gram(), indicator(updates), KEY));
            double bound = bound(shortest, g0, radius);
            double sum = Arrays.stream(y).sum();
            if (sum > 0) {
                bound = Math.min(bound, bound(updates.combined(scaled(y, 1 / sum)), g0, radius));
            }
            if (RandomUpdates.norm(shortest) < 1e-6 * updates.shortest()) {
                bound = Math.min(bound, 0);
            }
            for (int i : updates.active()) {
                double least = bound / RandomUpdates.norm(updates.u()[i]);
                assertAtMost(least - rounding, updates.along(d, i));
            }
        });
    }

    private static double bound(double[] gw, double[] g0, double radius) {
        return RandomUpdates.dot(gw, g0) + radius * RandomUpdates.norm(gw);
    }

    private static double[] indicator(RandomUpdates updates) {
        double[] weights = new double[updates.size()];
        Arrays.stream(updates.active()).forEach(i -> weights[i] = 1);
        return weights;
    }

    /**
     * alpha_i (d, u_i) is in proportion to w_i. Where the hull comes near to 0, alphas are large, and what is left is
     * that nobody loses.
     */
    @Test
    void nashMtlBargains() {
        forEach(updates -> {
            double[] alphas = alphas(new NashMtl(), updates);
            if (updates.active().length == 0) {
                assertAtMost(Arrays.stream(alphas).map(Math::abs).sum(), 0);
                return;
            }
            assertHull(alphas);
            double[] d = updates.combined(alphas);
            double squared = RandomUpdates.dot(d, d);
            double terms = updates.terms(alphas);
            double w = Arrays.stream(updates.active())
                    .mapToDouble(i -> updates.weights()[i])
                    .sum();
            for (int i : updates.active()) {
                double product = alphas[i] * RandomUpdates.dot(d, updates.u()[i]);
                assertAtMost(Math.abs(product - updates.weights()[i] / w * squared), 1e-13 * terms * terms);
                assertAtMost(-TOLERANCE * terms, updates.along(d, i));
            }
        });
    }

    /**
     * C (s C z - w) = 0 for some s of 0 or more: equal projections in proportion to w, or as near to that as can
     * be.
     */
    @Test
    void imtlGHasEqualProjections() {
        forEach(updates -> {
            double[] alphas = alphas(new ImtlG(), updates);
            double[] d = updates.combined(alphas);
            int[] active = updates.active();
            double[] along =
                    Arrays.stream(active).mapToDouble(i -> updates.along(d, i)).toArray();
            double[] w =
                    Arrays.stream(active).mapToDouble(i -> updates.weights()[i]).toArray();
            double sum = Arrays.stream(alphas).map(Math::abs).sum();
            if (sum == 0) {
                return;
            }
            assertAtMost(Math.abs(sum - 1), 1e-12);
            double s = RandomUpdates.dot(along, w) / RandomUpdates.dot(along, along);
            assertAtMost(0, s);
            for (int i : active) {
                double residual = 0;
                for (int j = 0; j < active.length; j++) {
                    double cosine =
                            updates.along(updates.u()[active[j]], i) / RandomUpdates.norm(updates.u()[active[j]]);
                    residual += cosine * (s * along[j] - w[j]);
                }
                assertAtMost(Math.abs(residual), 1e-11 * (1 + s * updates.terms(alphas)));
            }
        });
    }

    /** From the singular values of the vectors, without G. Cases between dependent and not are left out. */
    @Test
    void alignedMtlMakesAnOrthogonalSystem() {
        forEach(updates -> {
            double[] alphas = alphas(new AlignedMtl(), updates);
            int[] active = updates.active();
            int rank = 0;
            double volume = 1;
            double[][] basis = {};
            for (int i : active) {
                double[] rest = Faces.without(Faces.without(updates.u()[i], basis), basis);
                double sine = RandomUpdates.norm(rest) / RandomUpdates.norm(updates.u()[i]);
                if (sine > 1e-13) {
                    volume *= sine;
                    basis = Arrays.copyOf(basis, rank + 1);
                    basis[rank++] = scaled(rest, 1 / RandomUpdates.norm(rest));
                }
            }
            if (volume < 1e-4) {
                return;
            }
            double[][] columns = new double[updates.u()[0].length][active.length];
            for (int k = 0; k < columns.length; k++) {
                for (int i = 0; i < active.length; i++) {
                    columns[k][i] = updates.u()[active[i]][k];
                }
            }
            SingularValues u = SingularValues.of(columns);
            double[] w = WeightedMean.of(updates.weights());
            double[] expected = new double[alphas.length];
            for (int k = 0; k < rank; k++) {
                double along = 0;
                for (int i = 0; i < active.length; i++) {
                    along += u.right()[i][k] * w[active[i]];
                }
                for (int i = 0; i < active.length; i++) {
                    expected[active[i]] += u.values()[rank - 1] / u.values()[k] * along * u.right()[i][k];
                }
            }
            for (int i = 0; i < alphas.length; i++) {
                assertAtMost(Math.abs(alphas[i] - expected[i]), 1e-6);
            }
        });
    }

    /** The paper's algorithm on the vectors, with the same orders. */
    @Test
    void pcGradProjectsTheVectors() {
        forEach(updates -> {
            double[] alphas = alphas(new PcGrad(), updates);
            double[] mean = WeightedMean.of(updates.weights());
            int[] active = updates.active();
            double[] sum = new double[updates.u()[0].length];
            for (int i = 0; i < active.length; i++) {
                double[] g = updates.u()[active[i]].clone();
                for (int j : KEY.with(i).permutation(active.length)) {
                    double[] other = updates.u()[active[j]];
                    double along = RandomUpdates.dot(g, other) / RandomUpdates.dot(other, other);
                    for (int k = 0; j != i && along < 0 && k < g.length; k++) {
                        g[k] -= along * other[k];
                    }
                }
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += mean[active[i]] * g[k];
                }
            }
            assertAtMost(RandomUpdates.distance(updates.combined(alphas), sum), TOLERANCE * updates.terms(alphas));
        });
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    private static void assertHull(double[] alphas) {
        for (double alpha : alphas) {
            assertAtMost(0.0, alpha);
            assertAtMost(alpha, 1 + 1e-15);
        }
        assertAtMost(Math.abs(Arrays.stream(alphas).sum() - 1), 1e-12);
    }

    /** The faces of the dual cone: the spaces orthogonal to some of the updates. */
    private static final class Faces {
        private final double[][] u;
        private double[] nearest = {};
        private double least = Double.POSITIVE_INFINITY;

        Faces(RandomUpdates updates) {
            u = Arrays.stream(updates.active())
                    .mapToObj(i -> scaled(updates.u()[i], 1 / RandomUpdates.norm(updates.u()[i])))
                    .toArray(double[][]::new);
        }

        double[] nearest(double[] v) {
            nearest = new double[v.length];
            least = RandomUpdates.norm(v);
            search(v, v, 0, new double[0][]);
            return nearest;
        }

        /** @param rest of v, orthogonal to the first vectors of the basis, those of the updates that are chosen */
        private void search(double[] v, double[] rest, int next, double[][] basis) {
            double distance = RandomUpdates.distance(v, rest);
            if (distance < least
                    && Arrays.stream(u).allMatch(e -> RandomUpdates.dot(e, rest) >= -1e-10 * RandomUpdates.norm(v))) {
                nearest = rest;
                least = distance;
            }
            if (distance >= least) {
                return;
            }
            for (int i = next; i < u.length; i++) {
                double[] direction = without(without(u[i], basis), basis);
                double length = RandomUpdates.norm(direction);
                if (length > 1e-12) {
                    double[][] larger = Arrays.copyOf(basis, basis.length + 1);
                    larger[basis.length] = scaled(direction, 1 / length);
                    search(v, without(without(v, larger), larger), i + 1, larger);
                }
            }
        }

        private static double[] without(double[] v, double[][] basis) {
            double[] rest = v.clone();
            for (double[] direction : basis) {
                double along = RandomUpdates.dot(rest, direction);
                for (int k = 0; k < rest.length; k++) {
                    rest[k] -= along * direction[k];
                }
            }
            return rest;
        }
    }
}

package io.solera.rl.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.problem.DataException;
import io.solera.rl.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Worked numbers of each rule, and what rules promise of all updates. */
class TestBlendRules {
    private static final RandomKey KEY = RandomKey.of(3);
    private static final CaGrad CA_GRAD = new CaGrad(0.4);
    private static final List<BlendRule> ALL = List.of(
            new WeightedMean(),
            new MinNorm(false),
            new MinNorm(true),
            new PcGrad(),
            CA_GRAD,
            new NashMtl(),
            new AlignedMtl(),
            new ImtlG(),
            new UpGrad(),
            new DualProj());
    private static final int CASES = 500;

    private static double[] alphas(BlendRule rule, double[][] u, double... weights) {
        double[] all = weights.length == 0 ? even(u.length) : weights;
        return rule.coefficients(new RandomUpdates(u, all).gram(), all, KEY);
    }

    private static double[] combined(BlendRule rule, double[][] u, double... weights) {
        return new RandomUpdates(u, even(u.length)).combined(alphas(rule, u, weights));
    }

    private static double[] even(int n) {
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        return weights;
    }

    @Test
    void pcGradProjectsEachOntoTheOthersNormalPlane() {
        // (1, 0) loses its part along (-2, 1): (0.2, 0.4); (-2, 1) loses its part along (1, 0): (0, 1)
        double[][] u = {{1, 0}, {-2, 1}};
        assertThat(combined(new PcGrad(), u)).containsExactly(new double[] {0.1, 0.7}, within(1e-15));
        assertThat(combined(new PcGrad(), u, 3, 1)).containsExactly(new double[] {0.15, 0.55}, within(1e-15));
    }

    @Test
    void pcGradDrawsOrdersFromItsKey() {
        double[][] u = {{1, 0, 0}, {-2, 1, 0}, {-1, -1, 1}, {0, -1, -2}};
        GramMatrix gram = new RandomUpdates(u, even(4)).gram();
        List<double[]> drawn = IntStream.range(0, 20)
                .mapToObj(draw -> new PcGrad().coefficients(gram, even(4), KEY.with(draw)))
                .toList();
        assertThat(drawn.stream().map(Arrays::toString).distinct().count()).isGreaterThan(5);
        for (int draw = 0; draw < drawn.size(); draw++) {
            assertThat(new PcGrad().coefficients(gram, even(4), KEY.with(draw))).containsExactly(drawn.get(draw));
        }
    }

    @Test
    void upGradAveragesProjectionsAndDualProjProjectsTheMean() {
        // projections as in PCGrad for two; the mean (-0.5, 0.5) is against (1, 0) alone: (0, 0.5)
        double[][] u = {{1, 0}, {-2, 1}};
        assertThat(combined(new UpGrad(), u)).containsExactly(new double[] {0.1, 0.7}, within(1e-15));
        assertThat(combined(new DualProj(), u)).containsExactly(new double[] {0, 0.5}, within(1e-15));
        // (0.25, 0.25) is against (-2, 1), by 0.25 / 5 of it
        assertThat(combined(new DualProj(), u, 3, 1)).containsExactly(new double[] {0.15, 0.3}, within(1e-15));
    }

    @Test
    void caGradGivesTheLeastGainAllOfItsRadius() {
        // g_0 = (1, 0.5), of which (0, 1) gains 0.5 and (2, 0) gains 2: all of 0.4 |g_0| along (0, 1)
        double radius = 0.4 * Math.sqrt(1.25);
        double[] d = combined(CA_GRAD, new double[][] {{2, 0}, {0, 1}});
        assertThat(d).containsExactly(new double[] {1 / 1.4, (0.5 + radius) / 1.4}, within(1e-12));
    }

    @Test
    void caGradWithoutRadiusIsTheMean() {
        assertThat(alphas(new CaGrad(0), new double[][] {{1, 0}, {-2, 1}}, 1, 3))
                .containsExactly(0.25, 0.75);
        assertThatThrownBy(() -> new CaGrad(1)).hasMessage("Invalid cagrad-c: 1 (must be 0 or more and below 1)");
    }

    @Test
    void nashMtlMakesProductsOfGainsEqual() {
        // orthogonal: alpha_i^2 |u_i|^2 in proportion to w_i, so alpha in proportion to sqrt(w_i) / |u_i|
        assertThat(alphas(new NashMtl(), new double[][] {{2, 0}, {0, 1}}))
                .containsExactly(new double[] {1 / 3.0, 2 / 3.0}, within(1e-12));
        assertThat(alphas(new NashMtl(), new double[][] {{1, 0}, {0, 1}}, 4, 1))
                .containsExactly(new double[] {2 / 3.0, 1 / 3.0}, within(1e-12));
    }

    @Test
    void alignedMtlBringsPrincipalComponentsToTheShortest() {
        // orthogonal of lengths 2 and 1: both get length 1
        assertThat(combined(new AlignedMtl(), new double[][] {{2, 0}, {0, 1}}))
                .containsExactly(new double[] {0.5, 0.5}, within(1e-12));
        // (1, 1) and (1, -1) turned by little: components along (1, 0), length sqrt(2), and (0, 1), length 0.5 sqrt(2)
        assertThat(combined(new AlignedMtl(), new double[][] {{1, 0.5}, {1, -0.5}}))
                .containsExactly(new double[] {0.5, 0}, within(1e-12));
    }

    @Test
    void imtlGBisectsTheAngle() {
        // alphas in proportion to 1 / |u_i|; with weights the projections are in proportion to them
        assertThat(alphas(new ImtlG(), new double[][] {{3, 0}, {0, 1}}))
                .containsExactly(new double[] {0.25, 0.75}, within(1e-12));
        double[] d = combined(new ImtlG(), new double[][] {{3, 0}, {0, 1}}, 2, 1);
        assertThat(d[0]).isCloseTo(2 * d[1], within(1e-12));
    }

    @Test
    void imtlGNeverTurnsAround() {
        // u_2 is short and between the others, alpha_2 is below 0 and the largest: the paper's sum of alphas is too
        double[][] spread = {{1, 0.1, 0}, {0.01, 0.01, 0.001}, {0, 1, 0.1}};
        double[] alphas = alphas(new ImtlG(), spread);
        assertThat(Arrays.stream(alphas).sum()).isNegative();
        assertThat(Arrays.stream(alphas).map(Math::abs).sum()).isCloseTo(1, within(1e-12));
        double[] d = combined(new ImtlG(), spread);
        for (int i = 0; i < 3; i++) {
            assertThat(new RandomUpdates(spread, even(3)).along(d, i)).isPositive();
        }
    }

    @Test
    void oneUpdateIsItself() {
        for (BlendRule rule : ALL) {
            assertThat(alphas(rule, new double[][] {{0.3, -7}})).as("%s", rule).containsExactly(1);
            assertThat(alphas(rule, new double[][] {{1, 1}, {0.3, -7}}, 0, 0.1))
                    .as("%s", rule)
                    .containsExactly(0, 1);
        }
    }

    @Test
    void updatesThatAreAllTheSameAreOneOfThem() {
        double[][] u = {{1, 2}, {1, 2}, {1, 2}};
        for (BlendRule rule : ALL) {
            assertThat(combined(rule, u, 1, 2, 5)).as("%s", rule).containsExactly(new double[] {1, 2}, within(1e-7));
        }
    }

    @Test
    void zeroUpdatesAreFinite() {
        for (BlendRule rule : ALL) {
            assertThat(combined(rule, new double[][] {{0, 0}, {0, 0}}))
                    .as("%s", rule)
                    .containsExactly(0, 0);
            double[] d = combined(rule, new double[][] {{0, 0}, {3, 4}});
            boolean stops = rule instanceof MinNorm;
            boolean mean = !(rule instanceof NashMtl || rule instanceof ImtlG);
            double share = stops ? 0 : mean ? 0.5 : 1;
            assertThat(d).as("%s", rule).containsExactly(new double[] {3 * share, 4 * share}, within(1e-12));
        }
    }

    @Test
    void opposedUpdatesCancel() {
        // of (1, 0) and (-3, 0), no step is good for both
        for (BlendRule rule : List.of(
                new MinNorm(false), new MinNorm(true), new UpGrad(), new DualProj(), new NashMtl(), new ImtlG())) {
            assertThat(combined(rule, new double[][] {{1, 0}, {-3, 0}}))
                    .as("%s", rule)
                    .containsExactly(new double[] {0, 0}, within(1e-7));
        }
        // PCGrad projects each to 0
        assertThat(combined(new PcGrad(), new double[][] {{1, 0}, {-3, 0}})).containsExactly(0, 0);
        // CAGrad takes 0.4 of the mean (-1, 0) back, Aligned-MTL has one component, of length sqrt(10)
        assertThat(combined(CA_GRAD, new double[][] {{1, 0}, {-3, 0}}))
                .containsExactly(new double[] {-0.6 / 1.4, 0}, within(1e-12));
        assertThat(combined(new AlignedMtl(), new double[][] {{1, 0}, {-3, 0}}))
                .containsExactly(new double[] {-1, 0}, within(1e-12));
    }

    @Test
    void withoutConflictsThreeRulesAreTheWeightedMeanBitForBit() {
        double[][] u = {{1, 2, 0}, {3, 1, 0.5}, {0, 1, 0}, {0, 0, 0}};
        double[] weights = {0.1, 0.7, 0.3, 0.2};
        for (BlendRule rule : List.of(new PcGrad(), new UpGrad(), new DualProj())) {
            assertThat(alphas(rule, u, weights)).as("%s", rule).containsExactly(WeightedMean.of(weights));
        }
    }

    /** PCGrad draws its orders by place, so it is left out with three updates or more. */
    @Test
    void permutingTheUpdatesPermutesTheBlend() {
        for (int t = 0; t < CASES; t++) {
            RandomUpdates updates = RandomUpdates.of(KEY.with(t));
            int n = updates.size();
            int[] order = KEY.with("order").with(t).permutation(n);
            double[][] u = new double[n][];
            double[] weights = new double[n];
            for (int i = 0; i < n; i++) {
                u[i] = updates.u()[order[i]];
                weights[i] = updates.weights()[order[i]];
            }
            for (BlendRule rule : ALL) {
                if (n == 2 || !(rule instanceof PcGrad)) {
                    double[] alphas = rule.coefficients(updates.gram(), updates.weights(), KEY);
                    double[] permuted = rule.coefficients(new RandomUpdates(u, weights).gram(), weights, KEY);
                    double[] back = new double[n];
                    for (int i = 0; i < n; i++) {
                        back[order[i]] = permuted[i];
                    }
                    // how MinNorm splits a part among dependent updates decides how long its normalised blend is
                    double tolerance = rule.equals(new MinNorm(true)) ? 1e-4 : 1e-6;
                    assertThat(RandomUpdates.distance(updates.combined(alphas), updates.combined(back)))
                            .as("%s, case %d", rule, t)
                            .isLessThanOrEqualTo(tolerance * updates.terms(alphas));
                }
            }
        }
    }

    /** All updates times a power of 2 change no bit; the blend is longer by as much. */
    @Test
    void oneScaleForAllUpdatesChangesNothing() {
        for (int t = 0; t < CASES; t++) {
            RandomUpdates updates = RandomUpdates.of(KEY.with(t));
            for (BlendRule rule : ALL) {
                double[] alphas = rule.coefficients(updates.gram(), updates.weights(), KEY);
                for (double factor : new double[] {0x1p-80, 0x1p80}) {
                    assertThat(rule.coefficients(updates.gram().scaled(factor), updates.weights(), KEY))
                            .as("%s, case %d", rule, t)
                            .containsExactly(alphas);
                }
            }
        }
    }

    @Test
    void directionsOfThreeRulesDoNotDependOnLengths() {
        double[][] u = {{3, 0, 1}, {-2, 1, 0}, {0.5, -1, 2}};
        double[][] longer = {{3e5, 0, 1e5}, {-2, 1, 0}, {0.5e-3, -1e-3, 2e-3}};
        for (BlendRule rule : List.of(new NashMtl(), new ImtlG(), new MinNorm(true))) {
            double[] direction = unit(combined(rule, u, 1, 2, 1));
            assertThat(unit(combined(rule, longer, 1, 2, 1))).as("%s", rule).containsExactly(direction, within(1e-9));
        }
    }

    private static double[] unit(double[] v) {
        double norm = RandomUpdates.norm(v);
        return Arrays.stream(v).map(x -> x / norm).toArray();
    }

    @Test
    void threeRulesStayInTheConvexHullAndFourAreNeverLongerThanTheMean() {
        for (int t = 0; t < CASES; t++) {
            RandomUpdates updates = RandomUpdates.of(KEY.with(t));
            boolean zero = updates.active().length == 0;
            for (BlendRule rule : List.of(new MinNorm(false), new MinNorm(true), new NashMtl())) {
                double[] alphas = rule.coefficients(updates.gram(), updates.weights(), KEY);
                assertThat(alphas)
                        .as("%s, case %d", rule, t)
                        .satisfies(all -> Arrays.stream(all)
                                .forEach(alpha -> assertThat(alpha).isNotNegative()));
                assertThat(Arrays.stream(alphas).sum())
                        .as("%s, case %d", rule, t)
                        .isCloseTo(zero && rule instanceof NashMtl ? 0 : 1, within(1e-12));
            }
            double[] mean = WeightedMean.of(updates.weights());
            double longest = RandomUpdates.norm(updates.combined(mean)) + 1e-9 * updates.terms(mean);
            for (BlendRule rule : List.of(CA_GRAD, new DualProj())) {
                double[] alphas = rule.coefficients(updates.gram(), updates.weights(), KEY);
                assertThat(RandomUpdates.norm(updates.combined(alphas)))
                        .as("%s, case %d", rule, t)
                        .isLessThanOrEqualTo(longest);
            }
        }
    }

    /** (d, u_i) is 0 or more for all i, up to rounding. */
    @Test
    void sixRulesOpposeNobody() {
        for (int t = 0; t < CASES; t++) {
            RandomUpdates updates = RandomUpdates.of(KEY.with(t));
            for (BlendRule rule :
                    List.of(new MinNorm(false), new MinNorm(true), new NashMtl(), new UpGrad(), new DualProj())) {
                double[] alphas = rule.coefficients(updates.gram(), updates.weights(), KEY);
                double[] d = updates.combined(alphas);
                for (int i : updates.active()) {
                    assertThat(updates.along(d, i))
                            .as("%s, case %d", rule, t)
                            .isGreaterThanOrEqualTo(-2e-8 * updates.terms(alphas));
                }
            }
        }
    }

    @Test
    void caGradsLeastGainIsNeverBelowTheMeans() {
        for (int t = 0; t < CASES; t++) {
            RandomUpdates updates = RandomUpdates.of(KEY.with(t));
            double[] mean = WeightedMean.of(updates.weights());
            double[] g0 = updates.combined(mean);
            double[] d = updates.combined(CA_GRAD.coefficients(updates.gram(), updates.weights(), KEY));
            List<Double> before = new ArrayList<>();
            List<Double> after = new ArrayList<>();
            for (int i : updates.active()) {
                before.add(RandomUpdates.dot(g0, updates.u()[i]));
                after.add(1.4 * RandomUpdates.dot(d, updates.u()[i]));
            }
            if (!before.isEmpty()) {
                double rounding = 1e-8
                        * updates.terms(mean)
                        * Arrays.stream(updates.u())
                                .mapToDouble(RandomUpdates::norm)
                                .max()
                                .orElse(0);
                assertThat(after.stream().min(Double::compare).orElseThrow())
                        .as("case %d", t)
                        .isGreaterThanOrEqualTo(
                                before.stream().min(Double::compare).orElseThrow() - rounding);
            }
        }
    }

    @Test
    void refusesProductsThatAreNotFinite() {
        GramMatrix gram = new GramMatrix(new double[][] {{1, Double.NaN}, {Double.NaN, 1}});
        for (BlendRule rule : ALL) {
            assertThatThrownBy(() -> rule.coefficients(gram, even(2), KEY))
                    .as("%s", rule)
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            "Cannot blend: the inner product of updates 1 and 2 is NaN (must be finite: training has"
                                    + " diverged, so lower optimizer.learning-rate)");
        }
        GramMatrix infinite = new GramMatrix(new double[][] {{1, 0}, {0, Double.POSITIVE_INFINITY}});
        assertThatThrownBy(() -> new UpGrad().coefficients(infinite, even(2), KEY))
                .hasMessageStartingWith("Cannot blend: the inner product of updates 2 and 2 is Infinity");
    }

    @Test
    void refusesWeightsThatDoNotFit() {
        GramMatrix gram = new GramMatrix(new double[][] {{1, 0}, {0, 1}});
        assertThatThrownBy(() -> new UpGrad().coefficients(gram, even(3), KEY))
                .hasMessage("Cannot blend: 2 updates need as many weights (3)");
        assertThatThrownBy(() -> new NashMtl().coefficients(gram, new double[] {0, 0}, KEY))
                .hasMessage("Invalid sum of weights: 0 (must be above 0)");
    }
}

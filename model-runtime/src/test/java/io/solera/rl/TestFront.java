package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.measure.Hypervolume;
import io.solera.rl.measure.Interval;
import io.solera.rl.measure.ParetoFront;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestFront {

    private static final double NAN = Double.NaN;

    @Test
    void frontHasWhatNothingDominates() {
        double[][] rows = {{1, 4}, {2, 2}, {1, 3}, {4, 1}, {2, 2}, {4, 0.5}};
        assertThat(ParetoFront.of(rows)).containsExactly(0, 1, 3, 4); // both copies of (2, 2)
        assertThat(ParetoFront.mean(rows)).containsExactly(2.25, 2.25);
    }

    @Test
    void missingValuesKeepARowOutOfTheFront() {
        double[][] rows = {{9, NAN}, {1, 1}, {NAN, NAN}};
        assertThat(ParetoFront.of(rows)).containsExactly(1);
        assertThat(ParetoFront.of(new double[][] {{NAN}})).isEmpty();
        assertThat(ParetoFront.mean(new double[][] {{NAN}})).containsExactly(NAN);
        assertThat(ParetoFront.of(new double[0][])).isEmpty();
    }

    @Test
    void frontAgreesWithAllPairs() {
        double[][] rows = random("pairs", 300, 3);
        for (double[] row : rows) {
            row[0] = Math.rint(8 * row[0]) / 8; // ties
        }
        int[] expected = IntStream.range(0, rows.length)
                .filter(r -> Arrays.stream(rows).noneMatch(other -> ParetoFront.dominates(other, rows[r])))
                .toArray();
        assertThat(ParetoFront.of(rows)).isEqualTo(expected);
    }

    @Test
    void volumesOfBoxesByHand() {
        assertThat(Hypervolume.of(new double[][] {{0.3}, {0.7}})).isEqualTo(0.7);
        assertThat(Hypervolume.of(new double[][] {{1, 3}, {2, 2}, {3, 1}})).isEqualTo(6);
        assertThat(Hypervolume.of(new double[][] {{2, 2, 2}, {1, 1, 3}})).isEqualTo(9);
        assertThat(Hypervolume.of(new double[][] {{1, 2, 3}, {1, 2, 3}, {1, 1, 1}}))
                .isEqualTo(6);
        assertThat(Hypervolume.of(new double[][] {{0, 5, 5}, {NAN, 5, 5}, {-1, 5, 5}}))
                .isZero();
        assertThat(Hypervolume.of(new double[0][])).isZero();
    }

    @Test
    void volumesAgreeWithInclusionAndExclusion() {
        for (int d = 1; d <= 6; d++) {
            double[][] rows = random("inclusion" + d, 8, d);
            double expected = 0;
            for (int subset = 1; subset < 256; subset++) {
                double[] corner = new double[d];
                Arrays.fill(corner, 1);
                for (int r = 0; r < 8; r++) {
                    for (int k = 0; k < d && (subset >> r & 1) == 1; k++) {
                        corner[k] = Math.min(corner[k], rows[r][k]);
                    }
                }
                double box = Arrays.stream(corner).reduce(1, (a, b) -> a * b);
                expected += Integer.bitCount(subset) % 2 == 1 ? box : -box;
            }
            assertThat(Hypervolume.of(rows)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void volumesAgreeWithRandomPoints() {
        int draws = 40_000;
        for (int d = 3; d <= 6; d++) {
            double[][] rows = random("rows" + d, 100, d);
            int[] front = ParetoFront.of(rows);
            double[][] points = random("points" + d, draws, d);
            long inside = Arrays.stream(points)
                    .filter(point -> Arrays.stream(front).anyMatch(f -> ParetoFront.dominates(rows[f], point)))
                    .count();
            Interval share = Interval.ofShare(inside, draws);
            double slack = share.high() - share.low(); // 2 times the half width: 4 standard deviations
            assertThat(Hypervolume.of(rows)).isCloseTo(share.mean(), within(slack));
        }
    }

    @Test
    void volumeOfAHundredPointsOnASphereIsQuick() {
        double[][] rows = random("sphere", 100, 5);
        for (double[] row : rows) {
            double norm = Math.sqrt(Arrays.stream(row).map(x -> x * x).sum());
            Arrays.setAll(row, k -> row[k] / norm);
        }
        assertThat(ParetoFront.of(rows)).hasSize(100);
        double[][] reversed = new double[100][];
        Arrays.setAll(reversed, r -> rows[99 - r]);
        assertThat(Hypervolume.of(rows)).isCloseTo(Hypervolume.of(reversed), within(1e-12));
    }

    @Test
    void batchesAreDisjointAndFull() {
        double[][] rows = {{1, 1}, {NAN, 1}, {2, 1}, {1, 2}, {100, 100}};
        assertThat(Hypervolume.overBatches(rows, 2).mean()).isEqualTo(2); // 1 and 3; the last row is left out
        Interval few = Hypervolume.overBatches(rows, 100);
        assertThat(few.mean()).as("all rows as one batch").isEqualTo(Hypervolume.of(rows));
        assertThat(few.low()).isNaN();
        assertThatThrownBy(() -> Hypervolume.overBatches(rows, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid batch-size: 0 (must be 1 or more)");
    }

    private static double[][] random(String name, int n, int d) {
        double[][] rows = new double[n][d];
        RandomKey key = RandomKey.of(4).with(name);
        for (int r = 0; r < n; r++) {
            for (int k = 0; k < d; k++) {
                rows[r][k] = key.uniform((long) r * d + k);
            }
        }
        return rows;
    }
}

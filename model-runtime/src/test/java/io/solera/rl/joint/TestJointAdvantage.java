package io.solera.rl.joint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.RandomKey;
import io.solera.rl.measure.CrowdingDistance;
import io.solera.rl.measure.Hypervolume;
import io.solera.rl.measure.HypervolumeGradient;
import org.junit.jupiter.api.Test;

class TestJointAdvantage {
    private static final double NAN = Double.NaN;
    private static final int ALL = Integer.MAX_VALUE;

    /** What an advantage of 1 is after the deviation, 1e-4, is added to a deviation. */
    private static double over(double difference, double deviation) {
        return difference / (deviation + 1e-4);
    }

    @Test
    void gdpoNormalisesEachRewardThenTheSum() {
        // first prompt: 0, 1 (mean 1/2, deviation sqrt 1/2) and 3, 1 (mean 2, deviation sqrt 2);
        // second: 4, 4 (nothing) and 0, 2 (mean 1, deviation sqrt 2)
        double[][] shaped = {{0, 1, 4, 4}, {3, 1, 0, 2}};
        double a = over(0.5, Math.sqrt(0.5));
        double b = over(1, Math.sqrt(2));
        // weights 3 and 1
        double[] sums = {-0.75 * a + 0.25 * b, 0.75 * a - 0.25 * b, -0.25 * b, 0.25 * b};
        double deviation = Math.sqrt((2 * sums[1] * sums[1] + 2 * sums[3] * sums[3]) / 3 + 1e-8);
        JointAdvantage.Result result = new Gdpo().of(shaped, new double[] {3, 1}, 2);
        assertThat(result.coefficients()).containsExactly(0.75, 0.25);
        assertThat(result.perSample())
                .containsExactly(
                        new double[] {sums[0] / deviation, sums[1] / deviation, sums[2] / deviation, sums[3] / deviation
                        },
                        within(1e-12));
        // twice the weights, and rewards in other units, are the same
        double[][] scaled = {{0, 10, 40, 40}, {0.3, 0.1, 0, 0.2}};
        assertThat(new Gdpo().of(scaled, new double[] {6, 2}, 2).perSample())
                .containsExactly(result.perSample(), within(2e-3));
    }

    /** The example of the paper's figure 2: binary rewards whose sums GRPO cannot distinguish. */
    @Test
    void gdpoDistinguishesWhatASumDoesNot() {
        double[] both = new Gdpo()
                .of(new double[][] {{0, 1}, {0, 1}}, new double[] {1, 1}, 2)
                .perSample();
        double[][] batch = {{0, 1, 0, 1}, {0, 1, 0, 0}};
        double[] of = new Gdpo().of(batch, new double[] {1, 1}, 2).perSample();
        assertThat(of[1]).as("two rewards won").isCloseTo(2 * of[3], within(1e-3));
        assertThat(both[0]).isCloseTo(-both[1], within(1e-12));
    }

    @Test
    void gdpoLeavesOutWhatIsMissing() {
        double[][] shaped = {{0, 1, NAN, NAN}, {NAN, 2, 4, NAN}};
        double a = over(0.5, Math.sqrt(0.5));
        double b = over(1, Math.sqrt(2));
        double[] sums = {-a / 2, a / 2 - b / 2, b / 2};
        double mean = (sums[0] + sums[1] + sums[2]) / 3;
        double variance = 0;
        for (double sum : sums) {
            variance += (sum - mean) * (sum - mean) / 2;
        }
        double[] of = new Gdpo().of(shaped, new double[] {1, 1}, ALL).perSample();
        for (int k = 0; k < sums.length; k++) {
            assertThat(of[k]).isCloseTo((sums[k] - mean) / Math.sqrt(variance + 1e-8), within(1e-12));
        }
        assertThat(of[3]).isNaN();
        assertThat(new Gdpo()
                        .of(new double[][] {{2, 2}, {1, 1}}, new double[] {1, 1}, ALL)
                        .perSample())
                .as("nothing to learn")
                .containsExactly(0, 0);
    }

    @Test
    void aRewardWithoutWeightHasNoPart() {
        double[][] two = {{0.1, 0.5, 0.3}, {0.9, 0.2, 0.4}};
        double[][] three = {two[0], {0, 1, NAN}, two[1]};
        for (JointAdvantage rule : new JointAdvantage[] {new Gdpo(), new HypervolumeWeighted(), new ParetoRanked()}) {
            assertThat(rule.of(three, new double[] {2, 0, 1}, ALL).perSample())
                    .as(rule.toString())
                    .containsExactly(rule.of(two, new double[] {2, 1}, ALL).perSample());
        }
    }

    @Test
    void theHypervolumesGradientIsTheAreaSeenAlongAColumn() {
        // boxes to (1, 3), (2, 2), (4, 1): 3 high from the left, 4 wide from below
        assertThat(HypervolumeGradient.of(new double[][] {{1, 3}, {2, 2}, {4, 1}}, 100))
                .containsExactly(3, 4);
        // in two batches: 3 + 1, and 2 + 4
        assertThat(HypervolumeGradient.of(new double[][] {{1, 3}, {2, 2}, {4, 1}}, 2))
                .containsExactly(4, 6);
        assertThat(HypervolumeGradient.of(new double[][] {{1, 3}, {5, NAN}}, 100))
                .containsExactly(3, 1);
        assertThat(HypervolumeGradient.of(new double[][] {{0.4}, {0.2}}, 100)).containsExactly(1);
        assertThat(HypervolumeGradient.of(new double[0][], 100)).isEmpty();
    }

    /** Against the volumes themselves, in 2 to 5 dimensions. */
    @Test
    void theHypervolumesGradientIsThatOfDifferences() {
        double step = 1e-7;
        for (int n = 2; n <= 5; n++) {
            double[][] rows = new double[20][n];
            for (int b = 0; b < rows.length; b++) {
                for (int k = 0; k < n; k++) {
                    rows[b][k] = RandomKey.of(n).with(b).uniform(k);
                }
            }
            double[] gradient = HypervolumeGradient.of(rows, 100);
            for (int k = 0; k < n; k++) {
                double[][] risen = new double[rows.length][];
                for (int b = 0; b < rows.length; b++) {
                    risen[b] = rows[b].clone();
                    risen[b][k] += step;
                }
                assertThat(gradient[k]).isCloseTo((Hypervolume.of(risen) - Hypervolume.of(rows)) / step, within(1e-6));
            }
        }
    }

    @Test
    void weightsFollowTheHypervolumesGradient() {
        // g = (3, 4) as above, weights 2 and 1: 6 to 4
        double[][] shaped = {{1, 2, 4}, {3, 2, 1}};
        JointAdvantage.Result result = new HypervolumeWeighted().of(shaped, new double[] {2, 1}, ALL);
        assertThat(result.coefficients()).containsExactly(new double[] {0.6, 0.4}, within(1e-15));
        assertThat(result.perSample())
                .containsExactly(
                        new Gdpo().of(shaped, new double[] {0.6, 0.4}, ALL).perSample(), within(1e-12));
        // a reward that lags behind gets the larger weight
        assertThat(new HypervolumeWeighted()
                        .of(new double[][] {{0.1, 0.2}, {0.8, 0.9}}, new double[] {1, 1}, ALL)
                        .coefficients())
                .containsExactly(new double[] {0.9 / 1.1, 0.2 / 1.1}, within(1e-15));
        // no way up: the weights
        assertThat(new HypervolumeWeighted()
                        .of(new double[][] {{0, 0}, {0, 0}, {0.5, 1}}, new double[] {1, 2, 1}, ALL)
                        .coefficients())
                .containsExactly(0.25, 0.5, 0.25);
    }

    @Test
    void crowdingIsTheRoomBetweenNeighbours() {
        // ranges 4 and 8: the second has (2 - 0) / 4 + (8 - 3) / 8, the third (4 - 1) / 4 + (6 - 0) / 8
        assertThat(CrowdingDistance.of(new double[][] {{0, 8}, {1, 6}, {2, 3}, {4, 0}}))
                .containsExactly(
                        new double[] {Double.POSITIVE_INFINITY, 0.5 + 0.625, 0.75 + 0.75, Double.POSITIVE_INFINITY},
                        within(1e-15));
        assertThat(CrowdingDistance.of(new double[][] {{0, 4}, {0, 4}, {1, 1}, {2, 0}}))
                .as("equal rows have no room, whatever their order")
                .containsExactly(0, 0, 0.5 * 2 + 1, Double.POSITIVE_INFINITY);
        assertThat(CrowdingDistance.of(new double[][] {{1, 1}})).containsExactly(Double.POSITIVE_INFINITY);
        assertThat(CrowdingDistance.of(new double[0][])).isEmpty();
    }

    @Test
    void aBetterRankCountsMoreThanRoom() {
        // the front: (0, 8), (1, 6), (2, 3), (4, 0) with crowding as above; behind it (1, 3), alone; then (0, 2)
        double[][] rows = {{0, 8}, {1, 6}, {2, 3}, {4, 0}, {1, 3}, {0, 2}, {NAN, 9}};
        double[] expected = {-0.5, -1 + 1.125 / 2.125 / 2, -1 + 1.5 / 2.5 / 2, -0.5, -1.5, -2.5, NAN};
        assertThat(ParetoRanked.scores(rows)).containsExactly(expected, within(1e-15));

        double[][] shaped = new double[2][rows.length];
        for (int b = 0; b < rows.length; b++) {
            shaped[0][b] = rows[b][0];
            shaped[1][b] = rows[b][1];
        }
        double mean = 0;
        for (int b = 0; b < 6; b++) {
            mean += expected[b] / 6;
        }
        double variance = 0;
        for (int b = 0; b < 6; b++) {
            variance += (expected[b] - mean) * (expected[b] - mean) / 5;
        }
        JointAdvantage.Result result = new ParetoRanked().of(shaped, new double[] {1, 5}, ALL);
        for (int b = 0; b < 6; b++) {
            assertThat(result.perSample()[b]).isCloseTo(over(expected[b] - mean, Math.sqrt(variance)), within(1e-12));
        }
        assertThat(result.perSample()[6]).isNaN();
        assertThat(result.coefficients()).isEmpty();
    }

    @Test
    void ranksAreWithinAPrompt() {
        // the second prompt's samples are all better, which says nothing about the first's
        double[][] shaped = {{0.1, 0.2, 0.8, 0.9}, {0.1, 0.2, 0.9, 0.8}};
        double[] of = new ParetoRanked().of(shaped, new double[] {1, 1}, 2).perSample();
        assertThat(of).containsExactly(-of[1], of[1], 0, 0);
        assertThat(of[1]).isCloseTo(over(0.5, Math.sqrt(0.5)), within(1e-12));
        assertThatThrownBy(() -> new ParetoRanked().of(shaped, new double[] {1, 1}, 0))
                .hasMessageStartingWith("Invalid group-size: 0");
    }
}

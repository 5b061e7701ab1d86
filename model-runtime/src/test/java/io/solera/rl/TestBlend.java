package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.blend.ExpertSampling;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.MinNorm;
import io.solera.rl.blend.OuterStep;
import io.solera.rl.blend.WeightedMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TestBlend {

    private static final RandomKey KEY = RandomKey.of(1);
    private static final double[] EVEN = {1, 1};

    @Test
    void innerProductsNormsAndCosines() {
        GramMatrix gram = GramMatrix.of(List.of(BlockVector.of(3, 4), BlockVector.of(4, -3), BlockVector.of(0, 0)));
        assertThat(gram.values()).isDeepEqualTo(new double[][] {{25, 0, 0}, {0, 25, 0}, {0, 0, 0}});
        assertThat(gram.norms()).containsExactly(5, 5, 0);
        assertThat(gram.cosines()).isDeepEqualTo(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}});
        assertThat(gram.squaredNorm(new double[] {1, 2, 7})).isEqualTo(125);
    }

    @Test
    void partsOfBlocksAddUpBitForBit() {
        BlockVector a = random("a", BlockVector.BLOCK_SIZE + 1000);
        BlockVector b = random("b", BlockVector.BLOCK_SIZE + 1000);
        GramMatrix sum = GramMatrix.sum(List.of(
                GramMatrix.ofBlock(List.of(a.block(0), b.block(0))),
                GramMatrix.ofBlock(List.of(a.block(1), b.block(1)))));
        assertThat(sum.values()).isDeepEqualTo(GramMatrix.of(List.of(a, b)).values());
    }

    @Test
    void weightedMeanDividesByTheSampledWeights() {
        GramMatrix gram = GramMatrix.of(List.of(BlockVector.of(1), BlockVector.of(2)));
        assertThat(new WeightedMean().coefficients(gram, new double[] {0.2, 0.6}, KEY))
                .containsExactly(new double[] {0.25, 0.75}, within(1e-15));
    }

    @Test
    void minNormOfTwoIsTheFootOfThePerpendicular() {
        // u_1 = (2, 0), u_2 = (0, 1): the foot on the segment is (0.4, 0.8)
        assertThat(minNorm(false, BlockVector.of(2, 0), BlockVector.of(0, 1)))
                .containsExactly(new double[] {0.2, 0.8}, within(1e-9));
        // u_2 = (1, 1) is itself the shortest point towards (3, 2)
        assertThat(minNorm(false, BlockVector.of(3, 2), BlockVector.of(1, 1))).containsExactly(0, 1);
        assertThat(minNorm(false, BlockVector.of(1, 0), BlockVector.of(-3, 0)))
                .containsExactly(new double[] {0.75, 0.25}, within(1e-9));
    }

    @Test
    void normalizedBisectsTheAngle() {
        double[] alphas = minNorm(true, BlockVector.of(100, 0), BlockVector.of(0, 1));
        assertThat(alphas).containsExactly(new double[] {1 / 101.0, 100 / 101.0}, within(1e-9));
        BlockVector blend = BlockVector.combine(alphas, List.of(BlockVector.of(100, 0), BlockVector.of(0, 1)));
        assertThat(blend.block(0)[0]).isCloseTo(blend.block(0)[1], within(1e-6f));
    }

    @Test
    void minNormLosesByNoReward() {
        for (int trial = 0; trial < 50; trial++) {
            List<BlockVector> updates = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                updates.add(random(trial + "/" + i, 4)); // six in four dimensions: G is singular
            }
            GramMatrix gram = GramMatrix.of(updates);
            double[] alphas = new MinNorm(false).coefficients(gram, new double[] {1, 1, 1, 1, 1, 1}, KEY);
            double squared = gram.squaredNorm(alphas);
            for (int i = 0; i < 6; i++) {
                double along = 0;
                for (int j = 0; j < 6; j++) {
                    along += alphas[j] * gram.value(i, j);
                }
                assertThat(alphas[i]).isBetween(0.0, 1.0);
                assertThat(along).isGreaterThan(squared - 1e-9);
            }
        }
    }

    @Test
    void minNormLeavesOutWhatHasNoWeight() {
        GramMatrix gram = GramMatrix.of(List.of(BlockVector.of(1, 0), BlockVector.of(-1, 0), BlockVector.of(0, 1)));
        assertThat(new MinNorm(false).coefficients(gram, new double[] {1, 0, 1}, KEY))
                .containsExactly(new double[] {0.5, 0, 0.5}, within(1e-9));
    }

    @Test
    void updatesThatAreAllZeroStayEven() {
        assertThat(minNorm(false, BlockVector.of(0), BlockVector.of(0))).containsExactly(0.5, 0.5);
        assertThat(minNorm(true, BlockVector.of(0), BlockVector.of(0))).containsExactly(0.5, 0.5);
    }

    @Test
    void plainAdditionIsTheMeanOfTheExperts() {
        OuterStep.Result result = OuterStep.PLAIN.step(
                BlockVector.of(1, 1),
                new double[] {0.25, 0.75},
                List.of(BlockVector.of(5, 1), BlockVector.of(1, 5)),
                null);
        assertThat(result.rho().whole()).isEqualTo(BlockVector.of(2, 4));
        assertThat(result.velocity()).isNull();
    }

    @Test
    void oneHotCopiesItsExpert() {
        BlockVector expert = BlockVector.of(0.1f, 1e-20f);
        BlockVector rho = BlockVector.of(7777, 1e10f);
        assertThat(OuterStep.PLAIN
                        .step(rho, new double[] {0, 1}, List.of(rho, expert), null)
                        .rho()
                        .whole())
                .isEqualTo(expert);
    }

    @Test
    void momentumIsNesterovs() {
        OuterStep outer = new OuterStep(0.5, 0.5);
        double[] alpha = {1};
        // m = 2, step 0.5 (2 + 0.5 2) = 1.5; then u = 1: m = 0.5 2 + 1 = 2, step 0.5 (1 + 0.5 2) = 1
        OuterStep.Result first = outer.step(BlockVector.of(0), alpha, List.of(BlockVector.of(2)), null);
        assertThat(first.rho().whole()).isEqualTo(BlockVector.of(1.5f));
        assertThat(first.drift()).isEqualTo(1.5);
        BlockVector velocity = Objects.requireNonNull(first.velocity()).whole();
        assertThat(velocity).isEqualTo(BlockVector.of(2));
        OuterStep.Result second = outer.step(first.rho().whole(), alpha, List.of(BlockVector.of(2.5f)), velocity);
        assertThat(second.rho().whole()).isEqualTo(BlockVector.of(2.5f));
        assertThat(Objects.requireNonNull(second.velocity()).whole()).isEqualTo(BlockVector.of(2));
    }

    @Test
    void samplesExpertsEvenly() {
        int[] counts = new int[4];
        for (int round = 0; round < 6000; round++) {
            int[] sampled = new ExpertSampling(2).sample(4, KEY, round);
            assertThat(sampled[0]).isLessThan(sampled[1]);
            counts[sampled[0]]++;
            counts[sampled[1]]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(2850, 3150); // 4 standard deviations of 38.7
        }
        assertThat(new ExpertSampling(0).sample(3, KEY, 5)).containsExactly(0, 1, 2);
        assertThat(new ExpertSampling(9).sample(3, KEY, 5)).containsExactly(0, 1, 2);
        assertThat(new ExpertSampling(2).sample(4, KEY, 5)).isEqualTo(new ExpertSampling(2).sample(4, KEY, 5));
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> WeightedMean.of(new double[] {0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid sum of weights: 0 (must be above 0)");
        assertThatThrownBy(() -> WeightedMean.of(new double[] {1, -2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid weight: -2 (must be 0 or more)");
        assertThatThrownBy(() -> new OuterStep(1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid outer-momentum: 1 (must be 0 or more and below 1)");
        assertThatThrownBy(() -> OuterStep.PLAIN.step(BlockVector.of(1), EVEN, List.of(BlockVector.of(1)), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot blend: 1 experts need as many coefficients (2)");
        assertThatThrownBy(() -> new GramMatrix(new double[][] {{1, 2}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make a Gram matrix: a row has 2 values (must be 1)");
        assertThatThrownBy(() -> new ExpertSampling(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid experts-per-round: -1 (must be 0 or more)");
    }

    private static double[] minNorm(boolean normalized, BlockVector a, BlockVector b) {
        return new MinNorm(normalized).coefficients(GramMatrix.of(List.of(a, b)), EVEN, KEY);
    }

    private static BlockVector random(String name, int size) {
        float[] values = new float[size];
        for (int k = 0; k < size; k++) {
            values[k] = (float) (RandomKey.of(8).with(name).uniform(k) - 0.4);
        }
        return BlockVector.of(values);
    }
}

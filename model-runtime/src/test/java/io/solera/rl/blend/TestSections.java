package io.solera.rl.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestSections {
    private static final int SIZE = BlockVector.BLOCK_SIZE + 1000;
    private static final RandomKey KEY = RandomKey.of(4);
    /** The second spans the two blocks. */
    private static final Sections THREE = new Sections(List.of(
            new Sections.Section("embedding", 0, 700_001),
            new Sections.Section("block 0", 700_001, BlockVector.BLOCK_SIZE + 10),
            new Sections.Section("final", BlockVector.BLOCK_SIZE + 10, SIZE)));

    private static final List<BlockVector> UPDATES = List.of(random(1), random(2), random(3));

    private static BlockVector random(long seed) {
        float[] values = new float[SIZE];
        for (int k = 0; k < SIZE; k++) {
            values[k] = (float) (RandomKey.of(seed).uniform(k) - 0.5);
        }
        return BlockVector.of(values);
    }

    private static List<float[]> block(int b) {
        return UPDATES.stream().map(update -> update.block(b)).toList();
    }

    @Test
    void oneSectionHasTheWholeGramMatrixBitForBit() {
        Sections whole = new Sections(List.of(new Sections.Section("all", 0, SIZE)));
        assertThat(whole.grams(UPDATES)).hasSize(1);
        assertThat(whole.grams(UPDATES).get(0).values())
                .isDeepEqualTo(GramMatrix.of(UPDATES).values());
    }

    @Test
    void gramMatricesOfSectionsAddUp() {
        List<GramMatrix> grams = THREE.grams(UPDATES);
        assertThat(grams).hasSize(3);
        GramMatrix sum = GramMatrix.sum(grams);
        GramMatrix whole = GramMatrix.of(UPDATES);
        for (int s = 0; s < 3; s++) {
            Sections.Section section = THREE.sections().get(s);
            long length = section.end() - section.start();
            BlockVector a = UPDATES.get(0).range(section.start(), length);
            BlockVector b = UPDATES.get(1).range(section.start(), length);
            assertThat(grams.get(s).value(0, 1)).isCloseTo(a.dot(b), within(1e-9));
            assertThat(sum.value(0, s)).isCloseTo(whole.value(0, s), within(1e-7));
        }
    }

    @Test
    void eachSectionHasItsOwnCoefficients() {
        double[][] alphas = {{1, 0, 0}, {0.25, 0.5, -1}, {0, 0, 0}};
        float[] first = THREE.combineBlock(0, alphas, block(0));
        float[] second = THREE.combineBlock(1, alphas, block(1));
        assertThat(first[700_000]).isEqualTo(UPDATES.get(0).at(700_000));
        float mixed = (float) (0.25 * UPDATES.get(0).at(700_001)
                + 0.5 * UPDATES.get(1).at(700_001)
                - UPDATES.get(2).at(700_001));
        assertThat(first[700_001]).isEqualTo(mixed);
        assertThat(second[9]).isNotZero();
        assertThat(second[10]).isZero();
    }

    @Test
    void equalCoefficientsAreThoseOfTheWholeBitForBit() {
        double[] alpha = {0.25, 0.5, -1};
        double[][] alphas = {alpha, alpha, alpha};
        OuterStep outer = new OuterStep(0.5, 0.9);
        for (int b = 0; b < 2; b++) {
            assertThat(THREE.combineBlock(b, alphas, block(b))).isEqualTo(BlockVector.combineBlock(alpha, block(b)));
            float[] rho = random(5).block(b);
            float[] velocity = random(6).block(b).clone();
            float[] expected = random(6).block(b).clone();
            assertThat(THREE.stepBlock(outer, b, rho, alphas, block(b), velocity))
                    .isEqualTo(outer.stepBlock(rho, alpha, block(b), expected));
            assertThat(velocity).isEqualTo(expected);
        }
    }

    @Test
    void aRuleIsAppliedToEachSection() {
        List<GramMatrix> grams = List.of(
                new GramMatrix(new double[][] {{1, 0}, {0, 4}}), new GramMatrix(new double[][] {{4, 0}, {0, 1}}));
        double[][] alphas = Sections.coefficients(new MinNorm(false), grams, new double[] {1, 1}, KEY);
        assertThat(alphas[0]).containsExactly(new double[] {0.8, 0.2}, within(1e-9));
        assertThat(alphas[1]).containsExactly(new double[] {0.2, 0.8}, within(1e-9));
    }

    @Test
    void refusesGaps() {
        assertThatThrownBy(
                        () -> new Sections(List.of(new Sections.Section("a", 0, 3), new Sections.Section("b", 4, 5))))
                .hasMessage("Cannot divide a vector: b is from 4 to 5 (must start at 3)");
    }
}

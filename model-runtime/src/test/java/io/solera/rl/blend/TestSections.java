package io.solera.rl.blend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TestSections {
    private static final int SIZE = BlockVector.BLOCK_SIZE + 1000;
    private static final RandomKey KEY = RandomKey.of(4);

    /** The second is in both blocks, and the first around it. */
    private static final Sections LONG = new Sections.Builder()
            .add("rest", 700_001)
            .add("layer 0", BlockVector.BLOCK_SIZE + 10 - 700_001)
            .add("rest", 990)
            .build();

    private static final Sections SHORT = new Sections.Builder()
            .add("rest", 1)
            .add("layer 0", 1)
            .add("layer 0", 1)
            .add("rest", 1)
            .build();

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
    void aSectionIsAllItsRuns() {
        assertThat(SHORT.names()).containsExactly("rest", "layer 0");
        assertThat(SHORT.pieces(0, 4))
                .containsExactly(new Sections.Piece(0, 0, 1), new Sections.Piece(1, 1, 3), new Sections.Piece(0, 3, 4));
        assertThat(List.of(SHORT.at(0), SHORT.at(1), SHORT.at(2), SHORT.at(3))).containsExactly(0, 1, 1, 0);
        assertThat(LONG.pieces(1, 1000)).containsExactly(new Sections.Piece(1, 0, 10), new Sections.Piece(0, 10, 1000));
        assertThat(Sections.WHOLE.pieces(7, 12)).containsExactly(new Sections.Piece(0, 0, 12));
    }

    @Test
    void eachSectionHasItsProducts() {
        // rest: (1, 4) and (8, 2); layer 0: (2, 3) and (-1, 0)
        List<GramMatrix> grams = SHORT.grams(List.of(BlockVector.of(1, 2, 3, 4), BlockVector.of(8, -1, 0, 2)));
        assertThat(grams.get(0).values()).isDeepEqualTo(new double[][] {{17, 16}, {16, 68}});
        assertThat(grams.get(1).values()).isDeepEqualTo(new double[][] {{13, -2}, {-2, 1}});
        assertThat(grams.get(0).lowestCosine()).isCloseTo(16 / Math.sqrt(17 * 68), within(1e-15));
        assertThat(grams.get(1).lowestCosine()).isCloseTo(-2 / Math.sqrt(13), within(1e-15));
    }

    @Test
    void theWholeHasTheWholeGramMatrixBitForBit() {
        List<GramMatrix> grams = Sections.WHOLE.grams(UPDATES);
        assertThat(grams).hasSize(1);
        assertThat(grams.get(0).values()).isDeepEqualTo(GramMatrix.of(UPDATES).values());
    }

    @Test
    void productsAddUpOverBlocksInOrder() {
        List<GramMatrix> grams = LONG.grams(UPDATES);
        GramMatrix whole = GramMatrix.of(UPDATES);
        GramMatrix sum = GramMatrix.sum(grams);
        long end = BlockVector.BLOCK_SIZE + 10;
        for (int i = 0; i < 3; i++) {
            BlockVector first = UPDATES.get(0).range(700_001, end - 700_001);
            BlockVector other = UPDATES.get(i).range(700_001, end - 700_001);
            assertThat(grams.get(1).value(0, i)).isCloseTo(first.dot(other), within(1e-9));
            assertThat(sum.value(0, i)).isCloseTo(whole.value(0, i), within(1e-7));
        }
        // whoever has one block at a time, in any order, adds the same
        List<List<GramMatrix>> parts = new ArrayList<>(List.of(LONG.grams(1, block(1))));
        parts.add(0, LONG.grams(0, block(0)));
        List<GramMatrix> added = Sections.sum(parts);
        for (int s = 0; s < 2; s++) {
            assertThat(added.get(s).values()).isDeepEqualTo(grams.get(s).values());
        }
    }

    @Test
    void aRuleLooksAtEachSectionOnItsOwn() {
        // the shortest points between (1, 0) and (0, 2), and between (0, 2) and (1, 0)
        List<BlockVector> updates = List.of(BlockVector.of(1, 0, 2, 0), BlockVector.of(0, 1, 0, 2));
        SectionRule rule = new SectionRule(new MinNorm(false), SHORT);
        Coefficients alpha = rule.coefficients(SHORT.grams(updates), new double[] {1, 1}, KEY);
        assertThat(alpha.in(0)).containsExactly(new double[] {0.8, 0.2}, within(1e-9));
        assertThat(alpha.in(1)).containsExactly(new double[] {0.2, 0.8}, within(1e-9));
        assertThat(alpha.means()).containsExactly(new double[] {0.5, 0.5}, within(1e-9));
        assertThat(alpha.combine(updates)).isEqualTo(BlockVector.of(0.8f, 0.8f, 0.4f, 0.4f));
        assertThat(alpha.norm(SHORT.grams(updates))).isCloseTo(Math.sqrt(1.6), within(1e-9));
    }

    @Test
    void aRuleThatDrawsDrawsTheSameForAllSections() {
        GramMatrix gram = new GramMatrix(new double[][] {{1, -0.6, -0.5}, {-0.6, 1, -0.4}, {-0.5, -0.4, 1}});
        double[] even = {1, 1, 1};
        Coefficients alpha = new SectionRule(new PcGrad(), SHORT).coefficients(List.of(gram, gram), even, KEY);
        assertThat(alpha.in(1)).isEqualTo(alpha.in(0));
        assertThat(new SectionRule(new PcGrad(), Sections.WHOLE)
                        .coefficients(List.of(gram), even, KEY)
                        .in(0))
                .isEqualTo(alpha.in(0));
    }

    @Test
    void equalCoefficientsBlendAsTheWholeBitForBit() {
        for (double[] one : List.of(new double[] {0.25, 0.5, -1}, new double[] {0, 1, 0})) {
            Coefficients whole = Coefficients.of(one);
            Coefficients each = new Coefficients(LONG, new double[][] {one, one});
            assertThat(each.combine(UPDATES)).isEqualTo(BlockVector.combine(one, UPDATES));
            for (OuterStep outer : List.of(OuterStep.PLAIN, new OuterStep(0.5, 0.9))) {
                OuterStep.Result made = outer.step(random(5), each, UPDATES, random(6));
                OuterStep.Result expected = outer.step(random(5), whole, UPDATES, random(6));
                assertThat(made.rho().whole()).isEqualTo(expected.rho().whole());
                if (outer.momentum() != 0) {
                    assertThat(Objects.requireNonNull(made.velocity()).whole())
                            .isEqualTo(
                                    Objects.requireNonNull(expected.velocity()).whole());
                }
            }
        }
    }

    @Test
    void aStepTakesEachSectionItsWay() {
        Coefficients alpha = new Coefficients(SHORT, new double[][] {{1, 0}, {0.5, 0.5}});
        List<BlockVector> experts = List.of(BlockVector.of(2, 3, 4, 5), BlockVector.of(9, 9, 8, 9));
        BlockVector rho = BlockVector.of(1, 1, 1, 1);
        assertThat(OuterStep.PLAIN.step(rho, alpha, experts, null).rho().whole())
                .isEqualTo(BlockVector.of(2, 6, 6, 5));
        // u = (1, 5, 5, 4): half of it, and of its momentum from 4
        OuterStep.Result slow = new OuterStep(0.5, 0.5).step(rho, alpha, experts, BlockVector.of(4, 4, 4, 4));
        assertThat(Objects.requireNonNull(slow.velocity()).whole()).isEqualTo(BlockVector.of(3, 7, 7, 6));
        assertThat(slow.rho().whole()).isEqualTo(BlockVector.of(2.25f, 5.25f, 5.25f, 4.5f));
    }

    @Test
    void coefficientsOfMeansAndMore() {
        Coefficients alpha = new Coefficients(SHORT, new double[][] {{0.5, 0}, {1, 0}});
        assertThat(alpha.leavesOut(1)).isTrue();
        assertThat(alpha.leavesOut(0)).isFalse();
        assertThat(alpha.ofMeans(2).in(0)).containsExactly(0.25, 0.25, 0, 0);
        assertThat(alpha.withOnes(1).in(1)).containsExactly(1, 0, 1);
        assertThat(alpha.times(3).in(0)).containsExactly(1.5, 0);
        assertThat(Coefficients.of(1).isOne()).isTrue();
        assertThat(Coefficients.of(0.5).isOne()).isFalse();
        assertThat(Coefficients.of(1, 1).isOne()).isFalse();
    }

    @Test
    void refusesAVectorOfAnotherLength() {
        assertThatThrownBy(() -> SHORT.pieces(0, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot divide a vector: block 0 has 2 numbers after the last section");
        assertThatThrownBy(() -> SHORT.at(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot find a section: number 4 is after the last one");
        assertThatThrownBy(() -> new Coefficients(SHORT, new double[][] {{1}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot blend: 2 sections need as many lists of coefficients (1)");
    }
}

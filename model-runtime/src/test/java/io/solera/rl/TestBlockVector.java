package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestBlockVector {

    private static final int BLOCK = BlockVector.BLOCK_SIZE;

    @Test
    void splitsIntoBlocksAndJoinsThem() {
        float[] values = ramp(2 * BLOCK + 3);
        BlockVector vector = BlockVector.of(values);
        assertThat(vector.size()).isEqualTo(2L * BLOCK + 3);
        assertThat(vector.blocks()).isEqualTo(3);
        assertThat(vector.block(1)).hasSize(BLOCK);
        assertThat(vector.block(2)).containsExactly(values[2 * BLOCK], values[2 * BLOCK + 1], values[2 * BLOCK + 2]);
        assertThat(vector.toArray()).isEqualTo(values);
        assertThat(BlockVector.ofBlocks(List.of(vector.block(0), vector.block(1), vector.block(2))))
                .isEqualTo(vector);
        assertThat(BlockVector.of(ramp(BLOCK)).blocks()).isEqualTo(1);
        assertThat(BlockVector.zeros(BLOCK + 1L).toArray()).isEqualTo(new float[BLOCK + 1]);
    }

    @Test
    void copiesWhatItIsMadeOf() {
        float[] values = {1, 2};
        BlockVector vector = BlockVector.of(values);
        values[0] = 9;
        assertThat(vector.toArray()).containsExactly(1, 2);
    }

    @Test
    void addsAndSubtracts() {
        BlockVector a = BlockVector.of(1, 2, 3);
        BlockVector b = BlockVector.of(10, 20, 40);
        assertThat(a.plus(b).toArray()).containsExactly(11, 22, 43);
        assertThat(b.minus(a).toArray()).containsExactly(9, 18, 37);
        assertThat(a.scaledPlus(0.5, b).toArray()).containsExactly(6, 12, 23);
        assertThat(BlockVector.combine(new double[] {2, -1}, List.of(a, b)).toArray())
                .containsExactly(-8, -16, -34);
    }

    @Test
    void multipliesInDoublePrecision() {
        assertThat(BlockVector.of(1, 2, 3, 4, 5).dot(BlockVector.of(5, 4, 3, 2, 1)))
                .isEqualTo(35);
        assertThat(BlockVector.of(3, 4).norm()).isEqualTo(5);
        // In float, 1e8 + 1 - 1e8 is 0.
        assertThat(BlockVector.of(1e8f, 1, -1e8f).dot(BlockVector.of(1, 1, 1))).isEqualTo(1);
        BlockVector tenths = BlockVector.ofBlocks(List.of(filled(BLOCK, 0.1f), filled(BLOCK, 0.1f)));
        assertThat(tenths.norm()).isCloseTo(0.1f * Math.sqrt(2.0 * BLOCK), within(1e-9));
    }

    @Test
    void dotIsTheOrderedSumOfItsBlocks() {
        BlockVector a = BlockVector.of(ramp(BLOCK + 5));
        BlockVector b = BlockVector.of(filled(BLOCK + 5, 0.3f));
        double sum = 0;
        for (int k = 0; k < a.blocks(); k++) {
            sum += BlockVector.dotBlock(a.block(k), b.block(k));
        }
        assertThat(a.dot(b)).isEqualTo(sum);
    }

    @Test
    void oneHotCopiesBitForBit() {
        float[] odd = {-0f, Float.intBitsToFloat(0x7FC12345), Float.MIN_VALUE, 0.1f, Float.NEGATIVE_INFINITY};
        BlockVector other = BlockVector.of(Float.NaN, 1, Float.POSITIVE_INFINITY, 4, 5);
        BlockVector copy = BlockVector.combine(new double[] {0, 1}, List.of(other, BlockVector.of(odd)));
        for (int k = 0; k < odd.length; k++) {
            assertThat(Float.floatToRawIntBits(copy.block(0)[k])).isEqualTo(Float.floatToRawIntBits(odd[k]));
        }
    }

    @Test
    void leavesOutTermsWithCoefficientZero() {
        BlockVector broken = BlockVector.of(Float.NaN);
        assertThat(BlockVector.combine(new double[] {0.5, 0}, List.of(BlockVector.of(4), broken))
                        .toArray())
                .containsExactly(2);
    }

    @Test
    void equalsByContent() {
        assertThat(BlockVector.of(1, 2)).isEqualTo(BlockVector.of(1, 2)).hasSameHashCodeAs(BlockVector.of(1, 2));
        assertThat(BlockVector.of(1, 2)).isNotEqualTo(BlockVector.of(1, 3)).hasToString("BlockVector[2 floats]");
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatThrownBy(() -> BlockVector.of(1).plus(BlockVector.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot combine vectors: their sizes differ (1 and 2)");
        assertThatThrownBy(() -> BlockVector.combine(new double[2], List.of(BlockVector.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot combine vectors: 1 vectors need as many coefficients (2)");
        assertThatThrownBy(() -> BlockVector.combine(new double[0], List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot combine vectors: there are none (0)");
        assertThatThrownBy(() -> BlockVector.ofBlocks(List.of(new float[3], new float[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot join blocks: block 0 of 2 has 3 floats (all but the last must have 1048560)");
        assertThatThrownBy(() -> BlockVector.zeros(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid size: -1 (must be 0 or more)");
    }

    private static float[] ramp(int size) {
        float[] values = new float[size];
        for (int k = 0; k < size; k++) {
            values[k] = k * 1e-3f;
        }
        return values;
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        java.util.Arrays.fill(values, value);
        return values;
    }

    @Test
    void aRangeGoesOverBlocks() {
        float[] values = new float[2 * BlockVector.BLOCK_SIZE + 5];
        for (int k = 0; k < values.length; k++) {
            values[k] = k % 1013;
        }
        BlockVector vector = BlockVector.of(values);
        int from = BlockVector.BLOCK_SIZE - 3;
        int size = BlockVector.BLOCK_SIZE + 7;
        assertThat(vector.range(from, size).toArray()).isEqualTo(Arrays.copyOfRange(values, from, from + size));
        assertThat(vector.range(values.length, 0).size()).isZero();
        assertThatThrownBy(() -> vector.range(5, values.length))
                .hasMessage("Invalid range: 2097125 numbers from 5 on (of 2097125)");
    }
}

package io.solera.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestLengthBatches {
    private static final int[] LENGTHS = {3, 1, 3, 2, 3, 1};

    @Test
    void ordersByLengthAndKeepsTheOrderOfEqualOnes() {
        assertThat(LengthBatches.order(6, i -> LENGTHS[i])).containsExactly(1, 5, 3, 0, 2, 4);
    }

    @Test
    void aBatchHasOneLengthAndAtMostSoManyRows() {
        assertThat(LengthBatches.ofOneLength(6, i -> LENGTHS[i], 2))
                .containsExactly(new int[] {1, 5}, new int[] {3}, new int[] {0, 2}, new int[] {4});
    }

    @Test
    void nothingHasNoBatches() {
        assertThat(LengthBatches.ofOneLength(0, i -> 1, 2)).isEmpty();
    }
}

package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.rl.RandomKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestTopK {
    @Test
    void theGreatestComeInDescendingOrder() {
        for (int length : new int[] {1, 2, 7, 100, 1000}) {
            double[] numbers = new double[length];
            for (int i = 0; i < length; i++) {
                // with ties
                numbers[i] = RandomKey.of(length).index(i, Math.max(1, length / 2));
            }
            double[] sorted =
                    Arrays.stream(numbers).map(x -> -x).sorted().map(x -> -x).toArray();
            TopK ranked = new TopK(length);
            for (int count = 1; count <= length; count += Math.max(1, length / 9)) {
                assertThat(Arrays.copyOf(ranked.of(numbers, count), count)).isEqualTo(Arrays.copyOf(sorted, count));
            }
        }
    }
}

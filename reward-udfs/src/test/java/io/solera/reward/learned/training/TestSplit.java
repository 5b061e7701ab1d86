package io.solera.reward.learned.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.rl.RandomKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestSplit {
    private static final RandomKey KEY = RandomKey.of(3);

    private static List<Integer> all(Split split) {
        List<Integer> all = new ArrayList<>();
        for (int[] part : List.of(split.training(), split.validation(), split.test())) {
            IntStream.of(part).forEach(all::add);
        }
        return all;
    }

    @Test
    void randomPartsHoldEveryMoleculeOnce() {
        Split split = Split.random(100, KEY);
        assertThat(split.training()).hasSize(72);
        assertThat(split.validation()).hasSize(8);
        assertThat(split.test()).hasSize(20);
        assertThat(all(split))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void theKeyDecides() {
        assertThat(Split.random(100, RandomKey.of(3)).test())
                .isEqualTo(Split.random(100, KEY).test())
                .isNotEqualTo(Split.random(100, RandomKey.of(4)).test());
    }

    @Test
    void largestScaffoldsAreLearntFromUntilFourFifths() {
        // d: 4, b: 3, a, c and e: 1 each, in the order a c e; 8 of 10 are reached with d, b and a
        List<String> scaffolds = List.of("a", "b", "b", "c", "d", "d", "b", "d", "e", "d");
        Split split = Split.scaffold(scaffolds, KEY);
        assertThat(split.test()).containsExactly(3, 8);
        assertThat(all(split))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void noScaffoldIsOnBothSides() {
        List<String> scaffolds = IntStream.range(0, 500)
                .mapToObj(i -> "s" + (int) Math.sqrt(i * 37 % 400))
                .toList();
        Split split = Split.scaffold(scaffolds, KEY);
        List<String> tested =
                IntStream.of(split.test()).mapToObj(scaffolds::get).distinct().toList();
        assertThat(tested).isNotEmpty();
        assertThat(IntStream.concat(IntStream.of(split.training()), IntStream.of(split.validation()))
                        .mapToObj(scaffolds::get))
                .doesNotContainAnyElementsOf(tested);
    }
}

package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestRandomKey {

    private static final int DRAWS = 1_000_000;

    @Test
    void drawsTheSameNumbersForEver() {
        // Computed apart, with whole numbers of any size, from the formulas in the class comment.
        RandomKey key = RandomKey.of(42);
        assertThat(key.state()).isEqualTo(0xBDD732262FEB6E95L);
        assertThat(key.bits(0)).isEqualTo(0x41C46F89237AD28BL);
        assertThat(key.bits(1)).isEqualTo(0xD50943AB4EE7A9AFL);
        assertThat(key.with(7).bits(0)).isEqualTo(0x6224788532CCA2FFL);
        assertThat(key.with("generate").bits(0)).isEqualTo(0xDF97FFCCC28D62DBL);
        assertThat(key.uniform(3)).isEqualTo(0.5499565810797866);
        assertThat(key.gaussian(3)).isCloseTo(1.5556741424580807, within(1e-15));
        assertThat(key.permutation(8)).containsExactly(0, 2, 7, 5, 6, 1, 3, 4);
    }

    @Test
    void seedStateIsTheFirstNumberOfSplitMix64() {
        // The first output of SplitMix64 seeded with 0, as published with xoshiro's reference code.
        assertThat(RandomKey.of(0).state()).isEqualTo(0xE220A8397B1DCDAFL);
    }

    @Test
    void uniformNumbersFillTheUnitIntervalEvenly() {
        int bins = 256;
        int[] counts = new int[bins];
        RandomKey key = RandomKey.of(1).with("chi-square");
        for (int c = 0; c < DRAWS; c++) {
            double u = key.uniform(c);
            assertThat(u >= 0 && u < 1).isTrue();
            counts[(int) (u * bins)]++;
        }
        // 255 degrees of freedom: mean 255, standard deviation 22.6; 0.1 % and 99.9 % quantiles 190.9 and 330.5
        assertThat(chiSquare(counts, DRAWS / (double) bins)).isBetween(190.9, 330.5);
    }

    @Test
    void firstDrawOfSuccessiveKeysIsUniformToo() {
        int bins = 256;
        int[] counts = new int[bins];
        RandomKey key = RandomKey.of(1).with("generate");
        for (int id = 0; id < DRAWS; id++) {
            counts[(int) (key.with(id).uniform(0) * bins)]++;
        }
        assertThat(chiSquare(counts, DRAWS / (double) bins)).isBetween(190.9, 330.5);
    }

    @Test
    void everyBitIsSetHalfOfTheTime() {
        RandomKey key = RandomKey.of(5);
        int[] ones = new int[64];
        for (int c = 0; c < DRAWS; c++) {
            long bits = key.bits(c);
            for (int b = 0; b < 64; b++) {
                ones[b] += (int) ((bits >>> b) & 1);
            }
        }
        for (int count : ones) {
            assertThat(count).isBetween(DRAWS / 2 - 2_000, DRAWS / 2 + 2_000); // 4 standard deviations of 500
        }
    }

    @Test
    void neighbouringKeysAndCountersAreUncorrelated() {
        RandomKey a = RandomKey.of(9).with(0);
        RandomKey b = RandomKey.of(9).with(1);
        double sameCounter = 0;
        double nextCounter = 0;
        double nextSeed = 0;
        for (int c = 0; c < DRAWS; c++) {
            double x = a.uniform(c) - 0.5;
            sameCounter += x * (b.uniform(c) - 0.5);
            nextCounter += x * (a.uniform(c + 1) - 0.5);
            nextSeed +=
                    (RandomKey.of(c).uniform(0) - 0.5) * (RandomKey.of(c + 1).uniform(0) - 0.5);
        }
        // A correlation of independent numbers has the standard deviation 1 / sqrt(draws) = 0.001.
        assertThat(12 * sameCounter / DRAWS).isCloseTo(0, within(0.004));
        assertThat(12 * nextCounter / DRAWS).isCloseTo(0, within(0.004));
        assertThat(12 * nextSeed / DRAWS).isCloseTo(0, within(0.004));
    }

    @Test
    void pathsDoNotCollide() {
        RandomKey root = RandomKey.of(3);
        Set<Long> states = new HashSet<>();
        for (long a = 0; a < 1_000; a++) {
            for (long b = 0; b < 1_000; b++) {
                states.add(root.with(a).with(b).state());
            }
        }
        assertThat(states).hasSize(1_000_000);
        assertThat(root.with(1).with(2)).isNotEqualTo(root.with(2).with(1));
        assertThat(root.with("a").with("b")).isNotEqualTo(root.with("b").with("a"));
        assertThat(root.with("ab")).isNotEqualTo(root.with("a").with("b"));
        assertThat(root.with("")).isNotEqualTo(root);
        assertThat(root.with(0)).isNotEqualTo(root);
    }

    @Test
    void gaussianNumbersHaveTheNormalMoments() {
        RandomKey key = RandomKey.of(11);
        double sum = 0;
        double squares = 0;
        int outside = 0;
        for (int c = 0; c < DRAWS; c++) {
            double z = key.gaussian(c);
            sum += z;
            squares += z * z;
            outside += Math.abs(z) > 1.959964 ? 1 : 0;
        }
        assertThat(sum / DRAWS).isCloseTo(0, within(0.004));
        assertThat(squares / DRAWS).isCloseTo(1, within(0.006));
        assertThat(outside / (double) DRAWS).isCloseTo(0.05, within(0.001));
    }

    @Test
    void permutationsAreCompleteAndUniform() {
        assertThat(RandomKey.of(1).permutation(0)).isEmpty();
        int[] sorted = RandomKey.of(1).permutation(1_000);
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            assertThat(sorted[i]).isEqualTo(i);
        }
        int[] counts = new int[27];
        int draws = 60_000;
        for (int c = 0; c < draws; c++) {
            int[] order = RandomKey.of(c).permutation(3);
            counts[9 * order[0] + 3 * order[1] + order[2]]++;
        }
        int[] six = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertThat(six).hasSize(6);
        assertThat(chiSquare(six, draws / 6.0)).isLessThan(20.5); // 5 degrees of freedom, 99.9 %
    }

    @Test
    void rejectsAnEmptyRange() {
        assertThatThrownBy(() -> RandomKey.of(1).index(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid bound: 0 (must be at least 1)");
    }

    private static double chiSquare(int[] counts, double expected) {
        return Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }
}

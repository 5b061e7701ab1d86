package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.measure.Aggregate;
import io.solera.rl.measure.ParetoRank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TestAggregates {
    @ParameterizedTest
    @CsvSource({
        "ARITHMETIC_MEAN, 0.5333333333333333, 0.6",
        "GEOMETRIC_MEAN, 0.4481404746557165, 0.6",
        "PRODUCT, 0.09, 0.216",
        "MINIMUM, 0.2, 0.6",
        "SOFT_MINIMUM, 0.30491566789724633, 0.6",
        "PARETO_RANK, 1, 1"
    })
    void worked(Aggregate aggregate, double first, double second) {
        double[] values = aggregate.of(new double[][] {{0.2, 0.5, 0.9}, {0.6, 0.6, 0.6}});
        assertThat(values[0]).isCloseTo(first, within(1e-15));
        assertThat(values[1]).isCloseTo(second, within(1e-15));
    }

    @ParameterizedTest
    @EnumSource
    void aMissingRewardMakesItMissing(Aggregate aggregate) {
        assertThat(aggregate.of(new double[][] {{0.6, Double.NaN}, {0.5, 0}})[0])
                .isNaN();
    }

    @Test
    void ranksAreFrontsOfWhatIsLeft() {
        double[][] rows = {{0.9, 0.1}, {0.5, 0.5}, {0.4, 0.5}, {0.4, 0.4}, {Double.NaN, 1}, {0.5, 0.5}, {0.1, 0.9}};
        assertThat(ParetoRank.of(rows)).containsExactly(1, 1, 2, 3, Double.NaN, 1, 1);
        assertThat(ParetoRank.of(new double[0][])).isEmpty();
    }
}

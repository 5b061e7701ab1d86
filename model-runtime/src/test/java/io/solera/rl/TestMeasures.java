package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.rl.measure.GeometricMean;
import io.solera.rl.measure.Interval;
import io.solera.rl.measure.InverseVariation;
import io.solera.rl.measure.Median;
import io.solera.rl.measure.StudentT;
import io.solera.rl.measure.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestMeasures {

    private static final double NAN = Double.NaN;

    @Test
    void medianIsTheMiddleOfSortedNumbersOrTheMeanOfTwo() {
        assertThat(Median.of(new double[] {4, 1, 3})).isEqualTo(3);
        assertThat(Median.of(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    }

    @Test
    void studentsQuantilesAreThoseOfTheTables() {
        assertThat(StudentT.quantile(0.95, 1)).isCloseTo(12.7062047, within(1e-6));
        assertThat(StudentT.quantile(0.95, 2)).isCloseTo(4.30265273, within(1e-7));
        assertThat(StudentT.quantile(0.95, 5)).isCloseTo(2.57058184, within(1e-7));
        assertThat(StudentT.quantile(0.95, 19)).isCloseTo(2.09302405, within(1e-7));
        assertThat(StudentT.quantile(0.95, 100)).isCloseTo(1.98397152, within(1e-7));
        assertThat(StudentT.quantile(0.95, 100_001)).isCloseTo(StudentT.NORMAL_95, within(1e-4));
    }

    @Test
    void intervalOfAMeanIsStudents() {
        // mean 2, s = 1, n = 3: 2 +- 4.30265 / sqrt(3)
        Interval interval = Interval.ofMean(new double[] {1, NAN, 2, 3});
        assertThat(interval.mean()).isEqualTo(2);
        assertThat(interval.low()).isCloseTo(-0.484138, within(1e-6));
        assertThat(interval.high()).isCloseTo(4.484138, within(1e-6));
        assertThat(Interval.ofMean(new double[] {5})).isEqualTo(new Interval(5, NAN, NAN));
        assertThat(Interval.ofMean(new double[] {NAN})).isEqualTo(new Interval(NAN, NAN, NAN));
    }

    @Test
    void intervalOfAMeanHoldsItNineteenTimesOfTwenty() {
        int hits = 0;
        for (int trial = 0; trial < 4000; trial++) {
            double[] values = new double[5];
            for (int k = 0; k < 5; k++) {
                values[k] = RandomKey.of(trial).gaussian(k);
            }
            Interval interval = Interval.ofMean(values);
            hits += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
        }
        assertThat(hits / 4000.0).isCloseTo(0.95, within(0.014)); // 4 standard deviations
    }

    @Test
    void intervalOfAShareIsWilsons() {
        // With z^2 = 3.8414588: (0.4 + z^2/20) / (1 + z^2/10) +- z sqrt(0.24/10 + z^2/400) / (1 + z^2/10)
        Interval interval = Interval.ofShare(4, 10);
        assertThat(interval.mean()).isEqualTo(0.4);
        assertThat(interval.low()).isCloseTo(0.168180, within(1e-6));
        assertThat(interval.high()).isCloseTo(0.687326, within(1e-6));
        assertThat(Interval.ofShare(0, 10).low()).isZero();
        assertThat(Interval.ofShare(0, 10).high()).isCloseTo(0.277533, within(1e-6));
        assertThat(Interval.ofShare(10, 10).high()).isEqualTo(1);
        assertThat(Interval.ofShare(0, 0)).isEqualTo(new Interval(NAN, NAN, NAN));
        assertThatThrownBy(() -> Interval.ofShare(3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid hits: 3 (must be from 0 to 2)");
    }

    @Test
    void inverseVariationInItsVariants() {
        // deviations 0.2, 0.1, 0; means 0.5, 0.3, 0.6
        double[][] rows = {{0.3, 0.7}, {0.2, 0.4}, {0.6, 0.6}, {NAN, 0.9}};
        InverseVariation variation = InverseVariation.of(rows);
        double a = 0.5 / 0.21;
        double b = 0.3 / 0.11;
        assertThat(variation.perSample()).isCloseTo((a + b + 60) / 3, within(1e-9));
        assertThat(variation.perSampleMedian()).isCloseTo(b, within(1e-9));
        assertThat(variation.ofMeans()).isCloseTo((1.4 / 3) / (0.1 + 0.01), within(1e-9)); // means 1.1 / 3 and 1.7 / 3
        assertThat(InverseVariation.of(new double[][] {{NAN, 1}}).perSample()).isNaN();
        assertThat(InverseVariation.of(new double[][] {{1}}).ofMeans()).isNaN();
    }

    @Test
    void successNeedsEveryStatedThreshold() {
        List<Threshold> thresholds = List.of(
                new Threshold(0.8, Double.POSITIVE_INFINITY),
                new Threshold(Double.NEGATIVE_INFINITY, 2.5),
                new Threshold(1, 3),
                Threshold.NONE);
        double[][] rows = {
            {0.8, 2.5, 1, -9}, {0.9, 2, 3, NAN}, {0.79, 2, 2, 0}, {0.9, 2.6, 2, 0}, {0.9, 2, NAN, 0}, {0.9, 2, 3.1, 0}
        };
        assertThat(Threshold.successShare(rows, thresholds)).isEqualTo(Interval.ofShare(2, 6));
        assertThatThrownBy(() -> new Threshold(3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid at-least: 3.0 (must be at most at-most, 1.0)");
    }

    @Test
    void geometricMeanOfARow() {
        assertThat(GeometricMean.of(new double[] {0.2, 0.8})).isCloseTo(0.4, within(1e-15));
        assertThat(GeometricMean.of(new double[] {0, 0.8})).isZero();
        assertThat(GeometricMean.of(new double[] {NAN, 0.8})).isNaN();
        assertThatThrownBy(() -> GeometricMean.of(new double[] {-1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid shaped reward: -1.0 (must be 0 or more)");
    }
}

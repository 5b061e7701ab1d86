package io.solera.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.rl.measure.Interval;
import org.junit.jupiter.api.Test;

class TestFigures {
    @Test
    void numbersTellWhateverTheirSizeAndNoneIsADash() {
        assertThat(Figures.number(0.0)).isEqualTo("0.000");
        assertThat(Figures.number(-1234.5678)).isEqualTo("-1234.568");
        assertThat(Figures.number(0.00012)).isEqualTo("1.20e-04");
        assertThat(Figures.number(-3e9)).isEqualTo("-3.00e+09");
        assertThat(Figures.number(Double.NaN)).isEqualTo("-");
        assertThat(Figures.percent(Double.NaN)).isEqualTo("-");
    }

    @Test
    void anIntervalIsShownWhereThereIsOne() {
        double none = Double.NaN;
        assertThat(Figures.interval(new Interval(0.5, 0.4, 0.6))).isEqualTo("0.500 (0.400 .. 0.600)");
        assertThat(Figures.interval(new Interval(0.5, none, none))).isEqualTo("0.500");
        assertThat(Figures.shares(new Interval(0.5, 0.4, 0.6))).isEqualTo("50.0 % (40.0 .. 60.0 %)");
        assertThat(Figures.shares(new Interval(none, none, none))).isEqualTo("-");
    }
}

package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestSchedule {

    @Test
    void risesThenFallsToZero() {
        Schedule schedule = new Schedule(Schedule.Decay.LINEAR, 1, 2);
        double[] rates = {0.5, 1, 1, 0.75, 0.5, 0.25, 0, 0};
        for (int step = 0; step < rates.length; step++) {
            assertThat(schedule.at(step, 6)).isCloseTo(rates[step], within(1e-15));
        }
    }

    @Test
    void staysConstant() {
        Schedule schedule = new Schedule(Schedule.Decay.CONSTANT, 0.1, 0);
        assertThat(schedule.at(0, 5)).isEqualTo(0.1);
        assertThat(schedule.at(100, 5)).isEqualTo(0.1);
    }

    @Test
    void aWarmUpLongerThanTheRunEndsWithIt() {
        for (Schedule.Decay decay : Schedule.Decay.values()) {
            Schedule schedule = new Schedule(decay, 1, 1000);
            for (int step = 0; step < 4; step++) {
                assertThat(schedule.at(step, 4)).isCloseTo((step + 1) / 4.0, within(1e-15));
            }
        }
    }

    @Test
    void rejectsRatesThatLearnNothing() {
        assertThatThrownBy(() -> new Schedule(Schedule.Decay.LINEAR, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid learning-rate: 0 (must be above 0)");
        assertThatThrownBy(() -> new Schedule(Schedule.Decay.LINEAR, 1e-3, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid warmup-steps: -1 (must be 0 or more)");
    }
}

package io.solera.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestCluster {
    @Test
    void unitsComeInWavesOverTheSlots() {
        assertThat(Worked.apart(4).waves(4, 2)).isEqualTo(2);
        assertThat(Worked.apart(4).waves(5, 2)).isEqualTo(4);
        assertThat(Worked.apart(4).waves(0, 2)).isZero();
        assertThat(new Cluster(2, 2, 2, 2, List.of(1.0, 1.5)).waves(4, 2)).isEqualTo(3);
    }

    @Test
    void tasksNextToEachOtherAreSlowerAsMeasuredAndShareTheCores() {
        Cluster machine = Worked.together(4);
        assertThat(machine.slowdown(1)).isEqualTo(1);
        assertThat(machine.slowdown(2)).isEqualTo(1.5);
        assertThat(machine.slowdown(4)).isEqualTo(3);
        assertThat(machine.slowdown(100)).isEqualTo(3);
        // a wave of four at 3 times a second, and one of two at 1.5 times
        assertThat(machine.waves(6, 1)).isEqualTo(4.5);
        // so that four slots on two cores take as long as two
        assertThat(Worked.together(2).waves(4, 1)).isEqualTo(machine.waves(4, 1));
    }

    @Test
    void chainsFillEachOthersGaps() {
        // 3 chains of 3 units on 2 slots: 9 units by two, not 3 times two waves
        assertThat(Worked.apart(2).shared(3, 3, 1)).isEqualTo(4.5);
        // one chain waits for its own second wave
        assertThat(Worked.apart(2).shared(1, 3, 1)).isEqualTo(2);
        assertThat(Worked.apart(8).shared(2, 3, 1)).isCloseTo(1, within(1e-12));
    }

    @Test
    void refusesWhatIsNoCluster() {
        assertThatThrownBy(() -> new Cluster(0, 1, 1, 2, List.of(1.0)))
                .hasMessage("Invalid --executors: 0 (must be at least 1)");
        assertThatThrownBy(() -> new Cluster(1, 0, 1, 2, List.of(1.0)))
                .hasMessage("Invalid --slots: 0 (must be at least 1)");
        assertThatThrownBy(() -> new Cluster(2, 1, 3, 2, List.of(1.0)))
                .hasMessage("Invalid --machines: 3 (must be at most --executors, 2)");
    }
}

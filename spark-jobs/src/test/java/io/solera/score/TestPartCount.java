package io.solera.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestPartCount {
    @Test
    void partsAreOfAboutASecond() {
        assertThat(PartCount.of(700, 10_000_000, 2)).isEqualTo(700);
        assertThat(PartCount.of(2.5, 1000, 1)).isEqualTo(3);
    }

    @Test
    void coresAreUsedAsLongAsAPartHas200Milliseconds() {
        assertThat(PartCount.of(3, 1000, 4)).isEqualTo(8);
        assertThat(PartCount.of(1, 1000, 4)).isEqualTo(5);
        assertThat(PartCount.of(0.1, 1000, 4)).isEqualTo(1);
        assertThat(PartCount.of(0, 1000, 4)).isEqualTo(1);
    }

    @Test
    void thereAreNoMorePartsThanRowsNorMoreThanTenThousand() {
        assertThat(PartCount.of(100, 3, 2)).isEqualTo(3);
        assertThat(PartCount.of(70_000, 100_000_000, 64)).isEqualTo(10_000);
    }

    @Test
    void cheapRowsStayFew() {
        assertThat(PartCount.of(1, 10_000_000, 2)).isEqualTo(40);
    }
}

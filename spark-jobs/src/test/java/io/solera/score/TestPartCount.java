package io.solera.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestPartCount {
    @Test
    void partsAreOfAboutASecond() {
        assertThat(PartCount.of(700, 10_000_000, 10_000_000, 2)).isEqualTo(700);
        assertThat(PartCount.of(2.5, 10_000, 10_000, 1)).isEqualTo(2);
    }

    @Test
    void coresAreUsedAsLongAsAPartHas200Milliseconds() {
        assertThat(PartCount.of(3, 10_000, 10_000, 4)).isEqualTo(8);
        assertThat(PartCount.of(1, 10_000, 10_000, 4)).isEqualTo(5);
        assertThat(PartCount.of(0.1, 10_000, 10_000, 4)).isEqualTo(1);
        assertThat(PartCount.of(0, 10_000, 10_000, 4)).isEqualTo(1);
    }

    @Test
    void aPartHasTwoBatchesOfInputsHoweverDearTheyAre() {
        // measured cold, 3,000 rows of networks seemed to take 838 s, and were 838 parts
        assertThat(PartCount.of(60, 3000, 3000, 2)).isEqualTo(5);
        assertThat(PartCount.of(60, 3000, 512, 2)).isEqualTo(1);
        assertThat(PartCount.of(40_000, 1_000_000, 1_000_000, 2)).isEqualTo(1953);
    }

    @Test
    void whatTakesMinutesIsCutFiner() {
        assertThat(PartCount.of(838, 3000, 3000, 2)).isEqualTo(13);
        assertThat(PartCount.of(36_000, 3000, 3000, 16)).isEqualTo(600);
    }

    @Test
    void thereAreNoMorePartsThanRowsNorMoreThanTenThousand() {
        assertThat(PartCount.of(600, 3, 3, 2)).isEqualTo(3);
        assertThat(PartCount.of(70_000, 100_000_000, 100_000_000, 64)).isEqualTo(10_000);
    }

    @Test
    void cheapRowsStayFew() {
        assertThat(PartCount.of(1, 10_000_000, 10_000_000, 2)).isEqualTo(40);
    }
}

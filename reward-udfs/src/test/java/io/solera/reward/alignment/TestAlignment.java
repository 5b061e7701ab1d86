package io.solera.reward.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.Status;
import org.junit.jupiter.api.Test;

class TestAlignment {
    private static Alignment global(String a, String b) {
        return Alignment.global(Chain.of(a), Chain.of(b));
    }

    private static Alignment local(String a, String b) {
        return Alignment.local(Chain.of(a), Chain.of(b));
    }

    @Test
    void aChainIsItselfFromEndToEnd() {
        // W 11, K 5, L 4
        assertThat(global("WKL", "wkl")).isEqualTo(new Alignment(20, 3, 3));
        assertThat(global("WKL", "WKL").identity()).isEqualTo(1);
    }

    @Test
    void aGapCostsElevenAndOneForEachResidue() {
        // WKL-RF over WKLARF: 11 + 5 + 4 + 5 + 6 - 12; two residues in the gap cost one more
        assertThat(global("WKLRF", "WKLARF")).isEqualTo(new Alignment(19, 5, 6));
        assertThat(global("WKLRF", "WKLAARF")).isEqualTo(new Alignment(18, 5, 7));
    }

    @Test
    void gapsAtTheEndsCostTheSame() {
        assertThat(global("WKL", "WKLAA")).isEqualTo(new Alignment(20 - 13, 3, 5));
        assertThat(global("AAWKL", "WKL")).isEqualTo(new Alignment(20 - 13, 3, 5));
    }

    @Test
    void substitutionsAreThoseOfTheMatrix() {
        // I and V 3, D and E 2, W and F 1
        assertThat(global("IDW", "VEF")).isEqualTo(new Alignment(6, 0, 3));
        assertThat(global("IDW", "VEF").identity()).isZero();
    }

    @Test
    void theBestPartIsFoundAnywhere() {
        assertThat(local("GGGGWKWKGGGG", "DDDWKWKDD")).isEqualTo(new Alignment(32, 4, 4));
        assertThat(local("D", "W")).isEqualTo(new Alignment(0, 0, 0));
        assertThat(local("D", "W").identity()).isNaN();
    }

    @Test
    void theOrderOfTheTwoDoesNotMatter() {
        String a = "GIGKFLHSAKKFGKAFVGEIMNS";
        String b = "KWKLFKKIEKVGQNIRDGIIKAGPAVAVVGQATQIAK";
        assertThat(global(a, b)).isEqualTo(global(b, a));
        assertThat(local(a, b)).isEqualTo(local(b, a));
        assertThat(local(a, b).score()).isGreaterThan(global(a, b).score());
    }

    @Test
    void whatTheMatrixLacksIsNotApplicable() {
        assertThat(Chain.status("MKXL")).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(Chain.status("MK-L")).isEqualTo(Status.INVALID_INPUT);
        assertThat(Chain.status("")).isEqualTo(Status.INVALID_INPUT);
        assertThat(Chain.status(null)).isEqualTo(Status.INVALID_INPUT);
        assertThat(Chain.status("m k l*")).isEqualTo(Status.OK);
        assertThat(Chain.canonical("m k l*")).isEqualTo("MKL");
        assertThat(Chain.status("A".repeat(Chain.LIMIT))).isEqualTo(Status.OK);
        assertThat(Chain.status("A".repeat(Chain.LIMIT + 1))).isEqualTo(Status.NOT_APPLICABLE);
    }

    @Test
    void longChainsKeepTheirNumbersApart() {
        String chain = "ACDEFGHIKLMNPQRSTVWY".repeat(100);
        Alignment same = global(chain, chain);
        assertThat(same.identical()).isEqualTo(2000);
        assertThat(same.columns()).isEqualTo(2000);
        Alignment none = global("D".repeat(1500), "W");
        assertThat(none.identical()).isZero();
        assertThat(none.columns()).isEqualTo(1500);
        assertThat(none.identity()).isCloseTo(0, within(0.0));
    }
}

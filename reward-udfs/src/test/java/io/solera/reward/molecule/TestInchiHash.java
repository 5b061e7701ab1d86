package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Keys of RDKit 2026.9.1, InchiToInchiKey. */
class TestInchiHash {
    @Test
    void theSkeletonAndWhatIsBeyondItAreHashedApart() {
        assertThat(InchiHash.key("InChI=1S/C3H7NO2/c1-2(4)3(5)6/h2H,4H2,1H3,(H,5,6)"))
                .isEqualTo("QNAYBMKLOCPYGJ-UHFFFAOYSA-N");
        assertThat(InchiHash.key("InChI=1S/C3H7NO2/c1-2(4)3(5)6/h2H,4H2,1H3,(H,5,6)/t2-/m0/s1"))
                .isEqualTo("QNAYBMKLOCPYGJ-REOHCLBHSA-N");
        assertThat(InchiHash.key("InChI=1S/H2O/h1H2/i/hD2")).isEqualTo("XLYOFNOQVPJJNP-ZSJDYOACSA-N");
        assertThat(InchiHash.key("InChI=1S/CH4/h1H4")).isEqualTo("VNWKTOKETHGBQD-UHFFFAOYSA-N");
    }

    @Test
    void protonsHaveALetter() {
        assertThat(InchiHash.key("InChI=1S/p+1")).isEqualTo("GPRLSGONYQIRFK-UHFFFAOYSA-N");
        assertThat(InchiHash.key("InChI=1S/ClH.Na/h1H;/q;+1/p-1")).isEqualTo("FAPWRFPIFSIZLT-UHFFFAOYSA-M");
        assertThat(InchiHash.key("InChI=1S/Hg.3HI/h;3*1H/q+2;;;/p-3")).isEqualTo("LAONQGCOACPRKC-UHFFFAOYSA-K");
        assertThat(InchiHash.key("InChI=1S/13ClH.13Na/h13*1H;;;;;;;;;;;;;/q;;;;;;;;;;;;;13*+1/p-13"))
                .isEqualTo("GZAFDLONLFDFLA-UHFFFAOYSA-A");
    }

    @Test
    void refusesWhatIsNoStandardInchi() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InchiHash.key("InChI=1/CH4"))
                .withMessage("Invalid InChI: InChI=1/CH4 (must begin with InChI=1S/)");
    }
}

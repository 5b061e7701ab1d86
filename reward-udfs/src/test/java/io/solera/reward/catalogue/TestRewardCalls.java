package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TestRewardCalls {
    private static Set<String> names(String text) {
        return RewardCalls.parse(text).keySet();
    }

    @Test
    void callsRewardsAsTheUserDoes() {
        assertThat(names("qed,similarity(reference='CC, N') AS near, sa as Ease"))
                .containsExactly("qed", "near", "Ease");
        assertThat(names("similarity(reference='a AS b')")).containsExactly("similarity");
        assertThat(names("qed AS a,qed AS b")).containsExactly("a", "b");
        assertThat(RewardCalls.parse("similarity(reference=CCO)AS x").get("x").text())
                .isEqualTo("similarity(reference=CCO)");
        assertThatThrownBy(() -> names("qed AS 1,sa"))
                .hasMessage("Invalid name of a reward: 1 (must be letters, digits, _ . - after AS, and start with"
                        + " a letter)");
    }

    @Test
    void givesRewardsThatLookAlikeNamesThatDoNotDependOnTheirOrder() {
        String triple = "similarity(reference='CC#N')";
        String twice = "similarity(reference='CC=N')";
        Set<String> names = names(triple + "," + twice);
        assertThat(names).hasSize(2).allMatch(name -> name.matches("similarity_reference_CC_N_[0-9a-f]{6}"));
        assertThat(new TreeSet<>(names(twice + ",qed," + triple)))
                .containsAll(names)
                .hasSize(3);
        assertThat(names("similarity(reference=CCO),similarity(reference=cco)"))
                .hasSize(2)
                .allMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("similarity_reference_cco_"));
        assertThat(names(triple + "," + twice + " AS other")).containsExactly("similarity", "other");
    }

    @Test
    void refusesNamesThatMeet() {
        assertThatThrownBy(() -> names("qed,sa AS QED"))
                .hasMessage("Invalid rewards: two are called QED (give one another name: sa AS NAME)");
        assertThatThrownBy(() -> names("mw,mw")).hasMessage("Invalid rewards: mw is named twice");
        assertThatThrownBy(() -> names("qed,sa AS Qed_Status"))
                .hasMessage("Invalid rewards: one is called qed_status (must not be: that is the column of the"
                        + " status of qed; name it by AS)");
    }
}

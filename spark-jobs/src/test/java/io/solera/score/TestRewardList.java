package io.solera.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestRewardList {
    @Test
    void splitsAtCommasOutsideOfParenthesesAndQuotes() {
        assertThat(RewardList.parse("qed, similarity(reference='C(=O)O, )CC'),sa(table=a.gz)"))
                .containsOnlyKeys("qed", "similarity", "sa");
        assertThat(RewardList.parse("similarity(reference='C,C')")
                        .get("similarity")
                        .call("")
                        .arguments())
                .containsEntry("reference", "C,C");
    }

    @Test
    void tellsTwoCallsOfARewardApart() {
        assertThat(RewardList.parse("similarity(reference='C#C'),qed,similarity(reference='C=C')"))
                .containsOnlyKeys("similarity_reference_C_C_3c89b1", "qed", "similarity_reference_C_C_8263da");
    }

    @Test
    void refusesTheSameCallTwiceAndNone() {
        assertThatThrownBy(() -> RewardList.parse("sa,sa()"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid rewards: sa is named twice");
        assertThatThrownBy(() -> RewardList.parse("sa,"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid reward:  (must be a name, or a name with (argument=value, ...))");
    }
}

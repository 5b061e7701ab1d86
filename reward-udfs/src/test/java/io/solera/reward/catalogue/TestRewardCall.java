package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestRewardCall {
    @Test
    void readsNameAndArguments() {
        assertThat(RewardCall.parse("qed")).isEqualTo(RewardCall.of("qed"));
        assertThat(RewardCall.parse(" similarity( reference = 'CC(=O)O C', b=models/a.b ) "))
                .isEqualTo(new RewardCall("similarity", Map.of("reference", "CC(=O)O C", "b", "models/a.b")));
        assertThat(RewardCall.parse("a(b='it''s')").arguments()).containsEntry("b", "it's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"qed", "sa(table=s3a://bucket/x.gz)", "similarity(reference='CC(=O)O')", "a(b='it''s', c=1)"})
    void textIsReadBack(String text) {
        assertThat(RewardCall.parse(text).text()).isEqualTo(text);
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> RewardCall.parse("a b"))
                .hasMessage("Invalid reward: a b (must be a name, or a name with (argument=value, ...))");
        assertThatThrownBy(() -> RewardCall.parse("a(b)"))
                .hasMessage("Invalid reward: a(b) (cannot read b: must be argument=value, the value in single quotes "
                        + "when it holds a comma or parenthesis)");
        assertThatThrownBy(() -> RewardCall.parse("a(b=1, b=2)"))
                .hasMessage("Invalid reward: a(b=1, b=2) (argument b is given twice)");
    }
}

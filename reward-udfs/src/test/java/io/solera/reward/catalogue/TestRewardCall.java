package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
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
                .hasMessage("Invalid reward: a(b) (cannot read b: must be argument=value, the value in single"
                        + " quotes if it contains a comma or parenthesis)");
        assertThatThrownBy(() -> RewardCall.parse("a(b=1, b=2)"))
                .hasMessage("Invalid reward: a(b=1, b=2) (argument b is given twice)");
    }

    @Test
    void aLongOrNestedArgumentIsReadOrRefusedAndNeverOverflowsTheStack() {
        for (String part : new String[] {"(", "a", "((a))", "''", "a''", "[$(", "{", "\\("}) {
            String value = part.repeat(20_000 / part.length());
            String call = "regex(pattern='" + value + "')";
            assertThat(RewardCall.parse(call).arguments()).containsEntry("pattern", value.replace("''", "'"));
            assertThat(RewardCalls.parse(call)).hasSize(1);
        }
        assertThatThrownBy(() -> RewardCall.parse("a(b='" + "C".repeat(80_000) + "')"))
                .hasMessage("Invalid reward: a(b='" + "C".repeat(35)
                        + "... (it has 80007 characters, must have at most 65536)");
        assertThatThrownBy(() -> RewardCall.parse("a(b='" + "''".repeat(20_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Invalid reward: a(b='");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[$(", "C(", "(", "[!", "[C&", "C1", "[$([C", "%(", "C.", "=", "[C;!$(C"})
    void aDeepPatternOfAtomsIsReadOrRefused(String part) throws IOException {
        for (int times : new int[] {100, 1_500, 6_000}) {
            for (String text : new String[] {part.repeat(times), part.repeat(times) + "C" + ")]".repeat(times)}) {
                for (String name : new String[] {"substructure(smarts='%s')", "similarity(reference='%s')"}) {
                    RewardCall call = RewardCall.parse(name.formatted(text));
                    try {
                        RewardCatalogue.create(call, FilesBeside.FILES).score(List.of("CCO", text));
                    } catch (IllegalArgumentException e) {
                        assertThat(e.getMessage()).matches("(?s)(Invalid|Cannot read) .*");
                    }
                }
            }
        }
    }
}

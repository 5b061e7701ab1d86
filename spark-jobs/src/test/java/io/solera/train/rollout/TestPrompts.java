package io.solera.train.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.config.PromptSettings;
import io.solera.rl.RandomKey;
import io.solera.table.file.EmptyTableException;
import io.solera.text.WordTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestPrompts {
    private static final WordTokenizer TOKENIZER = WordTokenizer.smiles(List.of("CNO"));
    private static final RandomKey KEY = RandomKey.of(1);

    private static PromptSettings settings(String template, int most, PromptSettings.Side side, int perPrompt) {
        return new PromptSettings(
                "prompts.csv",
                null,
                null,
                "prompt",
                template,
                null,
                most,
                side,
                perPrompt,
                PromptSettings.Scored.WHOLE,
                0.25);
    }

    private static List<Map<String, String>> rows(int count) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder("C");
            for (int bits = i; bits > 0; bits /= 2) {
                text.append(bits % 2 == 0 ? 'N' : 'O');
            }
            rows.add(Map.of("prompt", text.toString(), "reference", "O"));
        }
        return rows;
    }

    private static Prompts prompts(int count, int perPrompt) {
        return Prompts.of(settings(null, 0, PromptSettings.Side.LEFT, perPrompt), rows(count), TOKENIZER, 8, KEY);
    }

    @Test
    void theOrderOfTheTableDoesNotMatter() {
        List<Map<String, String>> reversed = new ArrayList<>(rows(20));
        Collections.reverse(reversed);
        reversed.addAll(rows(3));
        Prompts other = Prompts.of(settings(null, 0, PromptSettings.Side.LEFT, 2), reversed, TOKENIZER, 8, KEY);
        assertThat(other.json()).isEqualTo(prompts(20, 2).json());
        assertThat(other.all()).hasSize(20);
        assertThat(other.training()).isBetween(10, 19);
    }

    @Test
    void everyPassTakesEveryTrainingPromptOnceAndNoHeldOutOne() {
        Prompts prompts = prompts(20, 2);
        List<Integer> taken = new ArrayList<>();
        for (int step = 0; step < prompts.training(); step++) {
            int[] places = prompts.ofStep(step, 8, KEY);
            for (int s = 0; s < 8; s += 2) {
                assertThat(places[s]).isEqualTo(places[s + 1]).isLessThan(prompts.training());
                taken.add(places[s]);
            }
        }
        for (int pass = 0; pass < 4; pass++) {
            Set<Integer> distinct =
                    new HashSet<>(taken.subList(pass * prompts.training(), (pass + 1) * prompts.training()));
            assertThat(distinct).hasSize(prompts.training());
        }
        assertThat(Arrays.stream(prompts.heldOut(40)).boxed().distinct().toList())
                .hasSize(20 - prompts.training())
                .allMatch(place -> place >= prompts.training());
    }

    @Test
    void theTemplateTakesColumnsOfTheRow() {
        Prompts prompts = Prompts.of(
                settings("N{prompt}{reference}", 0, PromptSettings.Side.LEFT, 2), rows(8), TOKENIZER, 16, KEY);
        assertThat(prompts.all())
                .allMatch(prompt -> String.valueOf(prompt.text()).matches("NC[NO]*O"));
        Prompt first = prompts.all().get(0);
        assertThat(TOKENIZER.decode(first.tokens())).isEqualTo(first.text());
        assertThat(prompts.text(first, TOKENIZER.encode("CC"), TOKENIZER)).isEqualTo(first.text() + "CC");
        assertThat(first.tokens()[0]).isEqualTo(TOKENIZER.vocabulary().bos());
    }

    @Test
    void promptsThatTheVocabularyCannotWriteAreLeftOutAndNamed() {
        List<Map<String, String>> rows = new ArrayList<>(rows(20));
        for (String wrong : List.of("CS", "S", "C[Xx]", "CCS")) {
            Map<String, String> row = new HashMap<>(rows.get(0));
            row.put("prompt", wrong);
            rows.add(row);
        }
        Prompts prompts = Prompts.of(settings(null, 0, PromptSettings.Side.LEFT, 2), rows, TOKENIZER, 8, KEY);
        assertThat(prompts.all()).hasSize(20);
        assertThat(prompts.unwritten().count()).isEqualTo(4);
        assertThat(prompts.unwritten().message("prompts"))
                .startsWith("4 prompts left out that the policy cannot write: Cannot encode SMILES: the vocabulary"
                        + " lacks token ")
                .endsWith("; ...");
    }

    @Test
    void longPromptsAreCutAtTheirSide() {
        for (PromptSettings.Side side : PromptSettings.Side.values()) {
            Prompts prompts = Prompts.of(settings("O{prompt}N", 2, side, 2), rows(12), TOKENIZER, 8, KEY);
            assertThat(prompts.truncated()).isEqualTo(12);
            assertThat(prompts.all())
                    .allMatch(prompt -> prompt.tokens().length == 3)
                    .allMatch(prompt ->
                            TOKENIZER.decode(prompt.tokens()).matches(side == PromptSettings.Side.LEFT ? ".N" : "O."));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(
                        () -> Prompts.of(settings(null, 9, PromptSettings.Side.LEFT, 2), rows(12), TOKENIZER, 8, KEY))
                .hasMessageStartingWith("Invalid prompts.max-tokens: 9 (must be at most 7");
        assertThatThrownBy(() -> prompts(1, 2))
                .isInstanceOf(EmptyTableException.class)
                .hasMessageContaining("of 1 rows");
        assertThatThrownBy(() -> settings("no column", 0, PromptSettings.Side.LEFT, 2))
                .hasMessage("Invalid template: no column (must name a column in braces, such as {prompt})");
    }
}

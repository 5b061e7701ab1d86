package io.solera.train.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.config.SftJob;
import io.solera.model.Sequence;
import io.solera.text.HubTokenizer;
import io.solera.text.SpecialTokens;
import io.solera.text.Tokenizer;
import io.solera.text.WordTokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestExamples {
    /** C is 4, N is 5, O is 6; the begin token 1, the end token 2. */
    private static final Tokenizer TOKENIZER = WordTokenizer.smiles(List.of("CNO"));

    private static Examples of(String more, List<Map<String, String>> rows, int positions) {
        SftJob job = SftJob.read("table: t.csv\nheld-out-share: 0\n" + more, List.of());
        return Examples.of(job, rows, TOKENIZER, positions);
    }

    private static Examples prompted(String more, int positions) {
        return of("prompt: 'C{a}'\ncompletion: '{b}'\n" + more, List.of(Map.of("a", "NNO", "b", "OC")), positions);
    }

    @Test
    void aPromptIsReadAndItsCompletionIsLearnedWithTheEnd() {
        Sequence sequence = prompted("", 16).corpus().training().get(0);
        assertThat(sequence.prompt()).containsExactly(1, 4, 5, 5, 6);
        assertThat(sequence.tokens()).containsExactly(6, 4, 2);
    }

    @Test
    void theTokensOfATextAreAllLearned() {
        Sequence sequence = of("text: '{a}'", List.of(Map.of("a", "CNO")), 16)
                .corpus()
                .training()
                .get(0);
        assertThat(sequence.prompt()).containsExactly(1);
        assertThat(sequence.tokens()).containsExactly(4, 5, 6, 2);
    }

    @Test
    void aModelWithoutABeginTokenReadsTheFirstTokenOfAText() {
        String json = """
                {"version": "1.0", "added_tokens": [{"id": 0, "content": "<e>", "special": true, "single_word": false,
                 "lstrip": false, "rstrip": false, "normalized": false}], "normalizer": null, "post_processor": null,
                 "pre_tokenizer": {"type": "Whitespace"}, "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {"<e>": 0, "a": 1, "b": 2}, "unk_token": "<e>"}}
                """;
        HubTokenizer none = new HubTokenizer(
                json, new HubTokenizer.Opened(json, 100), 3, new SpecialTokens(null, List.of(0), 0), Map.of());
        Sequence sequence = Corpus.text("b a a", none).orElseThrow();
        assertThat(sequence.prompt()).containsExactly(2);
        assertThat(sequence.tokens()).containsExactly(1, 1, 0);
    }

    @Test
    void aLongPromptIsCutAndWhatThenDoesNotFitIsLeftOut() {
        Examples left = prompted("max-tokens: 5", 16);
        assertThat(left.truncated()).isEqualTo(1);
        assertThat(left.corpus().training().get(0).prompt()).containsExactly(1, 5, 6);
        Examples right = prompted("max-tokens: 5\ntruncation-side: right", 16);
        assertThat(right.corpus().training().get(0).prompt()).containsExactly(1, 4, 5);
        assertThat(prompted("", 7).truncated()).isZero();
        assertThat(prompted("", 6).truncated()).isEqualTo(1);
        Examples none = prompted("", 3);
        assertThat(none.corpus().training()).isEmpty();
        assertThat(none.corpus().skipped()).isEqualTo(1);
        assertThatThrownBy(() -> prompted("max-tokens: 17", 16))
                .hasMessage("Invalid max-tokens: 17 (must be at most 16, what the policy can read)");
    }

    @Test
    void textsThatTheTokenizerLacksAreLeftOut() {
        Examples examples = of(
                "prompt: '{a}'\ncompletion: '{b}'",
                List.of(
                        Map.of("a", "C", "b", "N"),
                        Map.of("a", "S", "b", "N"),
                        Map.of("a", "C", "b", "S"),
                        Map.of("b", "C")),
                16);
        assertThat(examples.corpus().training()).hasSize(1);
        assertThat(examples.corpus().skipped()).isEqualTo(3);
        assertThat(examples.corpus().unwritten().message("texts"))
                .isEqualTo(
                        "2 texts left out because the policy cannot encode them: Cannot encode SMILES: the vocabulary "
                                + "lacks token S (S);"
                                + " Cannot encode SMILES: the vocabulary lacks token S (S)");
    }

    @Test
    void theOrderOfTheTableDoesNotMatterAndAPromptIsHeldOutWithAllItsCompletions() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String prompt = "C" + Integer.toBinaryString(i).replace('0', 'N').replace('1', 'O');
            rows.add(Map.of("a", prompt, "b", "CC"));
            rows.add(Map.of("a", prompt, "b", "CN"));
        }
        rows.add(rows.get(0));
        String job = "prompt: '{a}'\ncompletion: '{b}'\nheld-out-share: 0.3\n";
        Examples one = Examples.of(SftJob.read("table: t\n" + job, List.of()), rows, TOKENIZER, 16);
        Collections.reverse(rows);
        Examples other = Examples.of(SftJob.read("table: t\n" + job, List.of()), rows, TOKENIZER, 16);
        assertThat(other.json()).isEqualTo(one.json());
        assertThat(texts(other.corpus().training()))
                .isEqualTo(texts(one.corpus().training()));
        assertThat(one.corpus().training().size() + one.corpus().heldOut().size())
                .isEqualTo(60);
        assertThat(one.corpus().heldOut().size() % 2).isZero();
        Set<String> prompts = new HashSet<>(prompts(one.corpus().training()));
        prompts.retainAll(prompts(one.corpus().heldOut()));
        assertThat(one.corpus().heldOut()).isNotEmpty();
        assertThat(prompts).isEmpty();
    }

    private static List<String> texts(List<Sequence> sequences) {
        return sequences.stream()
                .map(one -> TOKENIZER.decode(one.prompt()) + " " + TOKENIZER.decode(one.tokens()))
                .toList();
    }

    private static List<String> prompts(List<Sequence> sequences) {
        return sequences.stream().map(one -> TOKENIZER.decode(one.prompt())).toList();
    }
}

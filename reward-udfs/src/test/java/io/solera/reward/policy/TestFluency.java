package io.solera.reward.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.Policy;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.WordTokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestFluency {
    private static final WordTokenizer TOKENIZER = WordTokenizer.smiles(List.of("CCO(N)=1"));
    private static final Gpt2Config CONFIG =
            Gpt2Config.of(TOKENIZER.vocabulary().size(), 16, 8, 1, 2);

    private static Policy policy(float scale) {
        float[] values = new float[(int) CONFIG.layout().size()];
        RandomKey key = RandomKey.of(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * (float) key.gaussian(i);
        }
        return new Policy(CONFIG, TOKENIZER, BlockVector.of(values));
    }

    @Test
    void policyWithoutPreferencesFindsEveryTokenAsLikely() {
        Score score = new Fluency(policy(0)).score(List.of("CCO")).get(0);
        assertThat(score.value()).isCloseTo(-Math.log(TOKENIZER.vocabulary().size()), within(1e-5));
    }

    @Test
    void perplexityIsTheNumberOfEquallyLikelyTokens() {
        assertThat(Fluency.perplexity(policy(0)).score(List.of("CCO")).get(0).value())
                .isCloseTo(TOKENIZER.vocabulary().size(), within(1e-4));
        double fluency = new Fluency(policy(0.3f)).score(List.of("CCO")).get(0).value();
        assertThat(Fluency.perplexity(policy(0.3f)).score(List.of("CCO")))
                .containsExactly(Score.of(StrictMath.exp(-fluency)));
    }

    @Test
    void valueDoesNotDependOnTheRestOfTheBatch() {
        List<String> texts = List.of("C", "CCO", "OCC", "C(=O)N", "CCCCCCCC", "NCCO", "C=C", "CC(N)O", "CCN", "C1CC1");
        List<Score> together = new Fluency(policy(0.3f)).score(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(new Fluency(policy(0.3f)).score(List.of(texts.get(i)))).containsExactly(together.get(i));
        }
        assertThat(together).doesNotHaveDuplicates();
    }

    @Test
    void whatThePolicyCannotReadIsInvalid() {
        Fluency fluency = new Fluency(policy(0.3f));
        assertThat(fluency.score(Arrays.asList(null, "", "CBr", "C?\u00e9", "C".repeat(16))))
                .allSatisfy(score -> assertThat(score.status()).isEqualTo(Status.INVALID_INPUT));
        assertThat(fluency.score(List.of("C".repeat(15))).get(0).status()).isEqualTo(Status.OK);
    }

    @Test
    void secondLookComesFromTheCache() {
        Fluency fluency = new Fluency(policy(0.3f));
        assertThat(fluency.score(List.of("CCO", "CCO", "C"))).isEqualTo(fluency.score(List.of("CCO", "CCO", "C")));
    }
}

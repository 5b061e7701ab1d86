package io.solera.reward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.Policy;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.rl.BlockVector;
import io.solera.text.WordTokenizer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestTokenLength {
    @Test
    void countsTheTokensOfThePolicy() {
        WordTokenizer tokenizer = WordTokenizer.smiles(List.of("CClO"));
        Gpt2Config config = Gpt2Config.of(tokenizer.vocabulary().size(), 16, 8, 1, 2);
        Policy policy = new Policy(
                config,
                tokenizer,
                BlockVector.of(new float[(int) config.layout().size()]));
        List<Score> scores = new TokenLength(policy).score(Arrays.asList("CClO", "", "CBr", null));
        assertThat(scores)
                .containsExactly(
                        Score.of(3),
                        Score.of(0),
                        Score.missing(Status.INVALID_INPUT),
                        Score.missing(Status.INVALID_INPUT));
    }
}

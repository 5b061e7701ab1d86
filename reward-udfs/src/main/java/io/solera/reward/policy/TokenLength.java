package io.solera.reward.policy;

import io.solera.checkpoint.Policy;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.text.TokenizationException;
import io.solera.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of tokens of a text under a policy's tokenizer, without the end token; a text that cannot be tokenized is
 * invalid.
 */
public final class TokenLength implements Reward {
    private final Tokenizer tokenizer;

    public TokenLength(Policy policy) {
        tokenizer = policy.tokenizer();
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            scores.add(text == null ? Score.missing(Status.INVALID_INPUT) : length(text));
        }
        return scores;
    }

    private Score length(String text) {
        try {
            return Score.of(tokenizer.encode(text).length);
        } catch (TokenizationException e) {
            return Score.missing(Status.INVALID_INPUT);
        }
    }
}

package io.solera.model;

import io.solera.problem.RequestException;
import io.solera.text.SpecialTokens;
import java.io.Serializable;
import java.util.List;

/**
 * Token ids that a network reads, and those it predicts after them.
 *
 * @param prompt at least one token: the begin token if there is no other
 * @param tokens the completion, with the end token if it ended
 */
public record Sequence(int[] prompt, int[] tokens) implements Serializable {
    public Sequence {
        if (prompt.length == 0) {
            throw new RequestException("Invalid prompt: none (must hold at least one token)");
        }
    }

    /** Completions without a prompt. */
    public static List<Sequence> unprompted(SpecialTokens special, List<int[]> completions) {
        int[] prompt = special.bosPrompt();
        return completions.stream().map(tokens -> new Sequence(prompt, tokens)).toList();
    }

    /** Tokens that the network is given: all but the last. */
    public int read() {
        return prompt.length + Math.max(0, tokens.length - 1);
    }
}

package io.solera.text;

import io.solera.problem.RequestException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Token ids that are not text.
 *
 * @param begin precedes every text; null for models that have none
 * @param ends each of them ends a text; the first one is appended to training texts
 * @param pad fills rows; no token of a text attends to it
 */
public record SpecialTokens(@Nullable Integer begin, List<Integer> ends, int pad) implements Serializable {
    public SpecialTokens {
        ends = List.copyOf(ends);
        if (ends.isEmpty()) {
            throw new RequestException("Invalid eos_token_id: none (must name at least one token)");
        }
    }

    public int end() {
        return ends.get(0);
    }

    /** All of them. */
    public Set<Integer> all() {
        Set<Integer> all = new TreeSet<>(ends);
        all.add(pad);
        if (begin != null) {
            all.add(begin);
        }
        return all;
    }

    public boolean isEnd(int token) {
        return ends.contains(token);
    }

    /** Whether a token is the padding, and that is not an end or the begin token too, as it is in some models. */
    public boolean isOnlyPadding(int token) {
        return token == pad && !isEnd(token) && !Integer.valueOf(token).equals(begin);
    }

    /**
     * The prompt of a text that has none: the begin token.
     *
     * @throws IllegalArgumentException when the model has no begin token
     */
    public int[] bosPrompt() {
        if (begin == null) {
            throw new RequestException(
                    "Cannot begin a text without a prompt: the model has no bos_token_id (give it prompts)");
        }
        return new int[] {begin};
    }

    /** The tokens before the completion of a prompt: the begin token, if there is one, and the prompt. */
    public int[] prompt(int[] tokens) {
        int first = begin == null ? 0 : 1;
        int[] result = new int[first + tokens.length];
        if (begin != null) {
            result[0] = begin;
        }
        System.arraycopy(tokens, 0, result, first, tokens.length);
        return result;
    }
}

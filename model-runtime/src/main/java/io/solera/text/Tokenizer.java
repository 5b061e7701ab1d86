package io.solera.text;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/** Text to token ids and back. Ids are below the vocabulary size of the network that reads them. */
public sealed interface Tokenizer extends Serializable permits WordTokenizer, HubTokenizer {
    /**
     * Token ids of a text, without special tokens before or after it.
     *
     * @throws TokenizationException when the text has no tokens in this vocabulary
     */
    int[] encode(String text);

    /**
     * The token ids of a text and the end token: what a network learns to write of it.
     *
     * @throws TokenizationException when the text has no tokens in this vocabulary
     */
    default int[] completion(String text) {
        int[] ids = encode(text);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = special().end();
        return ended;
    }

    /**
     * The same; empty for a text without tokens, of other tokens than this vocabulary's, or of more than
     * {@code longest}.
     */
    default Optional<int[]> findCompletion(String text, int longest) {
        try {
            return Optional.of(completion(text)).filter(ids -> ids.length > 1 && ids.length <= longest);
        } catch (TokenizationException e) {
            return Optional.empty();
        }
    }

    /**
     * The text of token ids; special tokens are left out, and ids from {@link #size} on, which a network with more rows
     * may draw.
     */
    String decode(int[] ids);

    /** The number of ids: 0 .. size-1. */
    int size();

    /** The ids that are not text. */
    SpecialTokens special();
}

package io.solera.text;

import java.io.Serializable;

/** Text to token ids and back. Ids are below the vocabulary size of the network that reads them. */
public sealed interface Tokenizer extends Serializable permits WordTokenizer, HubTokenizer {
    /**
     * Token ids of a text, without special tokens before or after it.
     *
     * @throws TokenizationException when the text has no tokens in this vocabulary
     */
    int[] encode(String text);

    /**
     * The text of token ids; special tokens are left out, as are ids from {@link #size} on, which a network with more
     * rows may draw.
     */
    String decode(int[] ids);

    /** The number of ids: 0 .. size-1. */
    int size();

    /** The ids that are not text. */
    SpecialTokens special();
}

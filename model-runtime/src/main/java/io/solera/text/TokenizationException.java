package io.solera.text;

/** A text that a tokenizer cannot turn into its tokens. */
public final class TokenizationException extends IllegalArgumentException {
    public TokenizationException(String message) {
        super(message);
    }
}

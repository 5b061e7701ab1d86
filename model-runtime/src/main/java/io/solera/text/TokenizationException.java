package io.solera.text;

import io.solera.problem.Category;
import io.solera.problem.Problem;

/** A text that a tokenizer cannot turn into its tokens. */
public final class TokenizationException extends IllegalArgumentException implements Problem {
    public TokenizationException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.REQUEST;
    }
}

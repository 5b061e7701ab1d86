package io.solera.train;

import io.solera.problem.Category;
import io.solera.problem.Problem;

/** A reward that gives no values for too many samples. */
public final class BrokenRewardException extends IllegalStateException implements Problem {
    public BrokenRewardException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.RUN;
    }
}

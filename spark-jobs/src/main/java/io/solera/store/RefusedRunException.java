package io.solera.store;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import java.io.IOException;

/** A run folder that this run cannot use: of another job, in use, not writable, or not a run folder. */
public final class RefusedRunException extends IOException implements Problem {
    RefusedRunException(String location, String why) {
        super("Cannot use run folder %s: %s".formatted(location, why));
    }

    @Override
    public Category category() {
        return Category.REQUEST;
    }
}

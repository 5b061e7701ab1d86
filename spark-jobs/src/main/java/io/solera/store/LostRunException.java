package io.solera.store;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import java.io.IOException;

/** A run folder that another driver took over while this one ran. */
public final class LostRunException extends IOException implements Problem {
    LostRunException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.RUN;
    }
}

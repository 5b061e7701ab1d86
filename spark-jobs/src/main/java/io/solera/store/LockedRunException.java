package io.solera.store;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import java.io.IOException;

/** A run folder that another driver uses, or may still use: the same command succeeds once that driver has ended. */
public final class LockedRunException extends IOException implements Problem {
    LockedRunException(String location, String why) {
        super("Cannot use run folder %s: %s".formatted(location, why));
    }

    @Override
    public Category category() {
        return Category.LOCKED;
    }
}

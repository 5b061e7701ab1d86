package io.solera.checkpoint.file;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import java.io.IOException;

/** A model file that is damaged, or that requires something this program does not support. */
public final class MalformedModelException extends IOException implements Problem {
    public MalformedModelException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }
}

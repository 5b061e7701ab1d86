package io.solera.checkpoint.file;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import java.io.IOException;

/** A model file that is damaged, or that asks for something this program does not do. */
public final class MalformedModelException extends IOException implements Problem {
    public MalformedModelException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }
}

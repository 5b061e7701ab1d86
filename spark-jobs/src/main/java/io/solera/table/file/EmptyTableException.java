package io.solera.table.file;

import io.solera.problem.Category;
import io.solera.problem.Problem;

/** A table without usable rows. */
public final class EmptyTableException extends IllegalArgumentException implements Problem {
    public EmptyTableException(String message) {
        super(message);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }
}

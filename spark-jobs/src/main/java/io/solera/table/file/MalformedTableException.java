package io.solera.table.file;

import io.solera.problem.Category;
import io.solera.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A table whose bytes do not match the format of its name, or whose rows do not fit its columns. */
public final class MalformedTableException extends IllegalArgumentException implements Problem {
    public MalformedTableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }

    public static MalformedTableException of(String file, String problem) {
        return new MalformedTableException("Cannot read %s: %s".formatted(file, problem), null);
    }
}

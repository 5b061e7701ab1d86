package io.solera.table.file;

import org.jspecify.annotations.Nullable;

/** A table whose bytes are not what its name says, or whose rows do not fit its columns. */
public final class MalformedTableException extends IllegalArgumentException {
    public MalformedTableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public static MalformedTableException of(String file, String problem) {
        return new MalformedTableException("Cannot read %s: %s".formatted(file, problem), null);
    }
}

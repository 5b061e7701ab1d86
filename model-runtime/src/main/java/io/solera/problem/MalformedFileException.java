package io.solera.problem;

import java.io.IOException;

/** A file that can be read, and whose content is not what it must be. */
public final class MalformedFileException extends IOException implements Problem {
    public MalformedFileException(String message) {
        super(message);
    }

    public MalformedFileException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }
}

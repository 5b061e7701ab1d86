package io.solera.score;

/** A table whose bytes are not what its name says, or whose rows do not fit its columns. */
public final class MalformedTableException extends IllegalArgumentException {
    public MalformedTableException(String message, Throwable cause) {
        super(message, cause);
    }
}

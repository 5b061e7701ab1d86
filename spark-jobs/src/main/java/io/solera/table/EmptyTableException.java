package io.solera.table;

/** A table that holds nothing to work on. */
public final class EmptyTableException extends IllegalArgumentException {
    public EmptyTableException(String message) {
        super(message);
    }
}

package io.solera.table.file;

/** A table that holds nothing to work on. */
public final class EmptyTableException extends IllegalArgumentException {
    public EmptyTableException(String message) {
        super(message);
    }
}

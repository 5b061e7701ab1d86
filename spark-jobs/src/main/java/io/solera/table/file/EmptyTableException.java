package io.solera.table.file;

/** A table without usable rows. */
public final class EmptyTableException extends IllegalArgumentException {
    public EmptyTableException(String message) {
        super(message);
    }
}

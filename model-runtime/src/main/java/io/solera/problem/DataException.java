package io.solera.problem;

/** Content that is not what it must be, found where no file is open any more; see {@link MalformedFileException}. */
public final class DataException extends IllegalArgumentException implements Problem {
    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Category category() {
        return Category.DATA;
    }
}

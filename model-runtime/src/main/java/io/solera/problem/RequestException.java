package io.solera.problem;

/** A request that cannot be done as it was written: an option, an argument of a reward, a path. */
public final class RequestException extends IllegalArgumentException implements Problem {
    public RequestException(String message) {
        super(message);
    }

    public RequestException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Category category() {
        return Category.REQUEST;
    }
}

package io.solera.problem;

/** A machine, or what happens on it, does not let the run continue: the same command succeeds once that has changed. */
public final class RunException extends IllegalStateException implements Problem {
    public RunException(String message) {
        super(message);
    }

    public RunException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Category category() {
        return Category.RUN;
    }
}

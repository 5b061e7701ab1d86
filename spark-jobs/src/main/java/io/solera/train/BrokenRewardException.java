package io.solera.train;

/** A reward that gives no values for too many samples. */
public final class BrokenRewardException extends IllegalStateException {
    public BrokenRewardException(String message) {
        super(message);
    }
}

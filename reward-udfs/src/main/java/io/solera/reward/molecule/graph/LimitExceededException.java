package io.solera.reward.molecule.graph;

/** A molecule that needs more work than a reward gives to one sample; the limits count steps, so that every machine refuses the same ones. */
public final class LimitExceededException extends RuntimeException {
    public LimitExceededException(String message) {
        super(message, null, false, false);
    }
}

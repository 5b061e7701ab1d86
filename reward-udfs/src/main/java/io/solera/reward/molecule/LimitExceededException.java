package io.solera.reward.molecule;

/** A molecule that needs more work than a reward gives to one sample; the limits count steps, so that every machine refuses the same ones. */
final class LimitExceededException extends RuntimeException {
    LimitExceededException(String message) {
        super(message, null, false, false);
    }
}

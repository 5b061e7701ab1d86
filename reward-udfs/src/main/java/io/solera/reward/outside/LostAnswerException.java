package io.solera.reward.outside;

import io.solera.reward.Status;

/** A request without a usable answer. */
final class LostAnswerException extends Exception {
    private final Status status;

    LostAnswerException(Status status, String message) {
        super(message);
        this.status = status;
    }

    static LostAnswerException failed(String message) {
        return new LostAnswerException(Status.FAILED, message);
    }

    static LostAnswerException late(String message) {
        return new LostAnswerException(Status.TIMED_OUT, message);
    }

    /** The status of its texts. */
    Status status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}

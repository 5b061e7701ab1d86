package io.solera.reward.outside;

import io.solera.reward.Status;

/** A request that brought no usable answer. */
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

    /** What its texts become. */
    Status status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}

package io.solera.reward;

import java.io.Serializable;

/** The value of one sample under a reward in the reward's own unit, or NaN with the reason why it is missing. */
public record Score(double value, Status status) implements Serializable {
    public Score {
        if (status == Status.OK && !Double.isFinite(value)) {
            throw new IllegalArgumentException("Invalid score: %s (must be finite when it is ok)".formatted(value));
        }
        if (status != Status.OK && !Double.isNaN(value)) {
            throw new IllegalArgumentException(
                    "Invalid score: %s (must be NaN when it is %s)".formatted(value, status.text()));
        }
    }

    /** A value; NaN or an infinity means that the reward failed. */
    public static Score of(double value) {
        return Double.isFinite(value) ? new Score(value, Status.OK) : missing(Status.FAILED);
    }

    public static Score missing(Status reason) {
        return new Score(Double.NaN, reason);
    }

    public boolean present() {
        return status == Status.OK;
    }
}

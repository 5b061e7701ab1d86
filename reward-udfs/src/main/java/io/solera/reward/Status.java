package io.solera.reward;

import java.util.Locale;

/** The outcome of scoring a sample: a value, or the reason why there is none. */
public enum Status {
    OK,
    /** The text is not valid input for the reward, such as a broken SMILES string. */
    INVALID_INPUT,
    /** The text is valid, but outside the reward's definition or limits. */
    NOT_APPLICABLE,
    TIMED_OUT,
    /** The reward failed, or did not return a finite number. */
    FAILED;

    /** The word in tables and files, such as {@code invalid-input}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Status parse(String text) {
        for (Status status : values()) {
            if (status.text().equals(text)) {
                return status;
            }
        }
        throw new IllegalArgumentException(
                "Invalid status: %s (must be ok, invalid-input, not-applicable, timed-out or failed)".formatted(text));
    }
}

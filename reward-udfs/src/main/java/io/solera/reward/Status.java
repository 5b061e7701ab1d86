package io.solera.reward;

import java.util.Locale;

/** What became of a sample under a reward: a value, or the reason why there is none. */
public enum Status {
    OK,
    /** The text is not what the reward reads, such as a broken SMILES string. */
    INVALID_INPUT,
    /** The text is fine, but beyond what the reward is defined for or bounded to. */
    NOT_APPLICABLE,
    TIMED_OUT,
    /** The reward broke down, or gave no number. */
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

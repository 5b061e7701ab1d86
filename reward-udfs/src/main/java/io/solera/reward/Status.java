package io.solera.reward;

import io.solera.lang.EnumText;

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
        return EnumText.of(this);
    }

    public static Status parse(String text) {
        return EnumText.find(Status.class, text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Invalid status: %s (must be %s)".formatted(text, EnumText.choices(Status.class))));
    }
}

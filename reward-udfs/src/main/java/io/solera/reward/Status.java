package io.solera.reward;

import io.solera.lang.EnumText;

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
        return EnumText.of(this);
    }

    public static Status parse(String text) {
        return EnumText.find(Status.class, text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Invalid status: %s (must be %s)".formatted(text, EnumText.choices(Status.class))));
    }
}

package io.solera.reward.learned;

import io.solera.lang.EnumText;

/** The kind of labels in a table. */
public enum Task {
    /** 0 or 1; a network gives the probability of 1. */
    CLASSIFICATION,
    /** Numbers; a network gives a value in their unit. */
    REGRESSION;

    /** The name in files and options. */
    public String text() {
        return EnumText.of(this);
    }
}

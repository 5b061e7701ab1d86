package io.solera.doctor;

import io.solera.lang.EnumText;

/** How a check ended. */
public enum Status {
    OK,
    /** Solera runs, but slower, or with less than it promises. */
    WARNING,
    /** Something of Solera does not run here. */
    FAILED;

    public String text() {
        return EnumText.of(this);
    }
}

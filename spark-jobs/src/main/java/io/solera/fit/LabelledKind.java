package io.solera.fit;

import io.solera.lang.EnumText;

/** What stands in a table's rows, and how it is called. */
public enum LabelledKind {
    MOLECULE,
    SEQUENCE,
    TEXT;

    public String noun() {
        return EnumText.of(this);
    }

    public String plural() {
        return noun() + "s";
    }
}

package io.solera.fit;

import io.solera.lang.EnumText;

/** The kind of items in a table's rows, with its names. */
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

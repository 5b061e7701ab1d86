package io.solera.fit;

import java.util.Locale;

/** The kind of items in a table's rows, with its names. */
public enum LabelledKind {
    MOLECULE,
    SEQUENCE,
    TEXT;

    public String noun() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String plural() {
        return noun() + "s";
    }
}

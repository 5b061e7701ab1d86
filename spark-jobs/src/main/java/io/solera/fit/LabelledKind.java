package io.solera.fit;

import java.util.Locale;

/** What stands in a table's rows, and how it is called. */
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

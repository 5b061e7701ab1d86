package io.solera.reward.catalogue;

import java.util.Locale;

/** What a reward reads. */
public enum Input {
    SMILES,
    PROTEIN,
    DNA,
    TEXT;

    /** The name that a column of it has by default, such as {@code smiles}. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}

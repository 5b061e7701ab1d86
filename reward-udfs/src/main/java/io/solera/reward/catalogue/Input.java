package io.solera.reward.catalogue;

import java.util.Locale;

/** The kind of input of a reward. */
public enum Input {
    SMILES,
    PROTEIN,
    DNA,
    TEXT;

    /** The default name of its column, such as {@code smiles}. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}

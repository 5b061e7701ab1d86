package io.solera.reward.catalogue;

import io.solera.lang.EnumText;

/** The kind of input of a reward. */
public enum Input {
    SMILES,
    PROTEIN,
    DNA,
    TEXT;

    /** The default name of its column, such as {@code smiles}. */
    public String column() {
        return EnumText.of(this);
    }
}

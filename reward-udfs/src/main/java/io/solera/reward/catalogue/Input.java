package io.solera.reward.catalogue;

import io.solera.lang.EnumText;

/** What a reward reads. */
public enum Input {
    SMILES,
    PROTEIN,
    DNA,
    TEXT;

    /** The name that a column of it has by default, such as {@code smiles}. */
    public String column() {
        return EnumText.of(this);
    }
}

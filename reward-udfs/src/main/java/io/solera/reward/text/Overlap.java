package io.solera.reward.text;

/**
 * What the matches of a text and a reference are divided by: the text's size, the reference's, or both (harmonic mean).
 */
public enum Overlap {
    F,
    PRECISION,
    RECALL
}

package io.solera.reward.learned.encoding;

import io.solera.lang.EnumText;
import io.solera.reward.Letters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The letters of a kind of sequence, and the ambiguous ones; case does not matter. */
public enum Alphabet {
    PROTEIN("ACDEFGHIKLMNPQRSTVWY", "XBJZ"),
    DNA("ACGT", "NRYSWKMBDHV");

    private final String letters;
    private final String several;

    Alphabet(String letters, String several) {
        this.letters = letters;
        this.several = several;
    }

    public int size() {
        return letters.length();
    }

    /** The name in files and options. */
    public String text() {
        return EnumText.of(this);
    }

    /**
     * A sequence as a network reads it, in capitals; null for a text with other letters. For a protein
     * {@link Letters#chain}.
     */
    @Nullable
    String plain(String text) {
        String sequence = this == PROTEIN ? Letters.chain(text) : text;
        // before toUpperCase, which turns some other characters into letters
        boolean spelt = sequence.chars().allMatch(c -> (letters + several).indexOf(upper(c)) >= 0);
        return spelt ? sequence.toUpperCase(Locale.ROOT) : null;
    }

    /** The index of a letter; below 0 for an ambiguous one. */
    int place(char letter) {
        return letters.indexOf(upper(letter));
    }

    private static int upper(int c) {
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    }
}

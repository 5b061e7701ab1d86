package io.solera.reward.learned.encoding;

import io.solera.reward.Letters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The letters of a kind of sequence, and those that stand for several of them; case does not matter. */
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

    /** The word in files and options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A sequence as a network reads it, in capitals; null for a text with other letters. Of a protein {@link Letters#chain}. */
    @Nullable
    String plain(String text) {
        String sequence = this == PROTEIN ? Letters.chain(text) : text;
        // first, as toUpperCase makes letters of others
        boolean spelt = sequence.chars().allMatch(c -> (letters + several).indexOf(upper(c)) >= 0);
        return spelt ? sequence.toUpperCase(Locale.ROOT) : null;
    }

    /** The place of a letter, below 0 for one that stands for several. */
    int place(char letter) {
        return letters.indexOf(upper(letter));
    }

    private static int upper(int c) {
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    }
}

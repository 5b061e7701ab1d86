package io.solera.reward.learned;

import java.util.Locale;

/** The letters of a kind of sequence, and the letter that stands for any of them; case does not matter. */
public enum Alphabet {
    PROTEIN("ACDEFGHIKLMNPQRSTVWY", 'X'),
    DNA("ACGT", 'N');

    private final String letters;
    private final char any;

    Alphabet(String letters, char any) {
        this.letters = letters;
        this.any = any;
    }

    public int size() {
        return letters.length();
    }

    /** The word in files and options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether every character is a letter of it, or stands for any. */
    boolean spells(String text) {
        return text.chars().allMatch(c -> upper(c) == any || letters.indexOf(upper(c)) >= 0);
    }

    /** The place of a letter, below 0 for the one that stands for any. */
    int place(char letter) {
        return letters.indexOf(upper(letter));
    }

    private static int upper(int c) {
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    }
}

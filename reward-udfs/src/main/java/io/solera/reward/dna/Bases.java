package io.solera.reward.dna;

import io.solera.reward.Status;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One strand of DNA from 5' to 3', bases by their place in {@link #LETTERS}, so that a base and its complement add up to 3. Lower case
 * counts as upper case. A text with any other character than IUPAC's letters for DNA is none (U is RNA); one with a letter for several
 * bases (such as N), or longer than {@link #LIMIT}, is not applicable.
 */
final class Bases {
    static final String LETTERS = "ACGT";
    static final int A = 0;
    static final int C = 1;
    static final int G = 2;
    static final int T = 3;
    static final int LIMIT = 100_000;

    private static final String SEVERAL_BASES = "RYSWKMBDHVN";
    private static final byte SEVERAL = -1;
    private static final byte NONE = -2;
    private static final byte[] CODES = codes();

    final byte[] codes;

    private Bases(String text) {
        codes = new byte[text.length()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = CODES[text.charAt(i)];
        }
    }

    private static byte[] codes() {
        byte[] codes = new byte[128];
        Arrays.fill(codes, NONE);
        for (int i = 0; i < SEVERAL_BASES.length(); i++) {
            codes[SEVERAL_BASES.charAt(i)] = SEVERAL;
            codes[Character.toLowerCase(SEVERAL_BASES.charAt(i))] = SEVERAL;
        }
        for (int i = 0; i < LETTERS.length(); i++) {
            codes[LETTERS.charAt(i)] = (byte) i;
            codes[Character.toLowerCase(LETTERS.charAt(i))] = (byte) i;
        }
        return codes;
    }

    /** Whether a text can be read with {@link #of}. */
    static Status status(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Status.INVALID_INPUT;
        }
        boolean several = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= CODES.length || CODES[c] == NONE) {
                return Status.INVALID_INPUT;
            }
            several |= CODES[c] == SEVERAL;
        }
        return several || text.length() > LIMIT ? Status.NOT_APPLICABLE : Status.OK;
    }

    static Bases of(String text) {
        return new Bases(text);
    }

    int length() {
        return codes.length;
    }

    /** Letters as a number, the first the most significant digit to base four. */
    static int word(CharSequence letters) {
        int word = 0;
        for (int i = 0; i < letters.length(); i++) {
            word = 4 * word + LETTERS.indexOf(letters.charAt(i));
        }
        return word;
    }
}

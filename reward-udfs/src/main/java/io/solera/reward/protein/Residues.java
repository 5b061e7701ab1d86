package io.solera.reward.protein;

import io.solera.reward.Status;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A protein chain from its N to its C terminus, residues by their place in {@link #LETTERS}. Lower case counts as upper case. A text
 * with any other character than the letters of IUPAC's one-letter code is no protein; one with a letter for several amino acids (B, J,
 * X, Z), or longer than {@link #LIMIT}, is not applicable.
 */
final class Residues {
    /** The twenty amino acids, then pyrrolysine and selenocysteine. */
    static final String LETTERS = "ACDEFGHIKLMNPQRSTVWYOU";

    static final int STANDARD = 20;
    static final int LIMIT = 100_000;

    private static final String SEVERAL_RESIDUES = "BJXZ";
    private static final byte SEVERAL = -1;
    private static final byte NONE = -2;
    private static final byte[] CODES = codes();

    final byte[] codes;
    private final int[] counts = new int[LETTERS.length()];

    private Residues(String text) {
        codes = new byte[text.length()];
        for (int i = 0; i < codes.length; i++) {
            byte code = CODES[text.charAt(i)];
            codes[i] = code;
            counts[code]++;
        }
    }

    private static byte[] codes() {
        byte[] codes = new byte[128];
        Arrays.fill(codes, NONE);
        for (int i = 0; i < SEVERAL_RESIDUES.length(); i++) {
            codes[SEVERAL_RESIDUES.charAt(i)] = SEVERAL;
            codes[Character.toLowerCase(SEVERAL_RESIDUES.charAt(i))] = SEVERAL;
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

    static Residues of(String text) {
        return new Residues(text);
    }

    static int code(char letter) {
        return LETTERS.indexOf(letter);
    }

    int length() {
        return codes.length;
    }

    int count(char letter) {
        return counts[code(letter)];
    }

    /** How many residues have a code. */
    int count(int code) {
        return counts[code];
    }

    char first() {
        return LETTERS.charAt(codes[0]);
    }

    char last() {
        return LETTERS.charAt(codes[codes.length - 1]);
    }

    /** Whether all residues are of the twenty, which the published scales are made for. */
    boolean standard() {
        return counts[STANDARD] == 0 && counts[STANDARD + 1] == 0;
    }
}

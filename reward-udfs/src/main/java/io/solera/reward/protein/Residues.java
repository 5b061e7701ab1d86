package io.solera.reward.protein;

import io.solera.reward.Letters;
import io.solera.reward.Status;
import org.jspecify.annotations.Nullable;

/**
 * A protein chain from its N to its C terminus; residues are coded by their index in {@link #LETTERS}. Case, white
 * space and a final {@code *} are ignored ({@link Letters#chain}); a {@code *} elsewhere is invalid. A text with
 * characters other than IUPAC's one-letter code is invalid; one with an ambiguous letter (B, J, X, Z), or longer than
 * {@link Letters#LIMIT}, is not applicable.
 */
final class Residues {
    /** The twenty amino acids, then pyrrolysine and selenocysteine. */
    static final String LETTERS = "ACDEFGHIKLMNPQRSTVWYOU";

    static final int STANDARD = 20;

    private static final Letters READ = new Letters(LETTERS, "BJXZ");

    final byte[] codes;
    private final int[] counts = new int[LETTERS.length()];

    private Residues(String text) {
        codes = READ.codes(Letters.chain(text));
        for (byte code : codes) {
            counts[code]++;
        }
    }

    /** Whether a text can be read with {@link #of}. */
    static Status status(@Nullable String text) {
        return READ.status(text == null ? null : Letters.chain(text));
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

    /** Number of residues with a given code. */
    int count(int code) {
        return counts[code];
    }

    char first() {
        return LETTERS.charAt(codes[0]);
    }

    char last() {
        return LETTERS.charAt(codes[codes.length - 1]);
    }

    /** Whether all residues are among the twenty that the published scales cover. */
    boolean standard() {
        return counts[STANDARD] == 0 && counts[STANDARD + 1] == 0;
    }

    /** The numbers of a table row from a column on, one for each of the twenty. */
    static double[] numbers(String[] row, int from) {
        double[] values = new double[STANDARD];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(row[from + i]);
        }
        return values;
    }
}

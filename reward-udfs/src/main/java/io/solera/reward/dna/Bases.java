package io.solera.reward.dna;

import io.solera.reward.Letters;
import io.solera.reward.Status;
import org.jspecify.annotations.Nullable;

/**
 * One strand of DNA from 5' to 3'. Bases are coded by their index in {@link #LETTERS}, so that a base and its
 * complement add up to 3. Case is ignored. The ambiguous letters (N for any, R for A or G, and so on) follow the four
 * bases; each reward defines how it treats them. A text with characters other than IUPAC's letters for DNA is invalid
 * (U is RNA); one without any of the four bases, or longer than {@link Letters#LIMIT}, is not applicable.
 */
final class Bases {
    static final String LETTERS = "ACGT";
    static final int A = 0;
    static final int C = 1;
    static final int G = 2;
    static final int T = 3;

    /** The four bases, then the ambiguous letters. */
    private static final String ALL = LETTERS + "RYSWKMBDHVN";

    /** The bases that a letter stands for, as bits; A is the lowest. */
    private static final int[] SETS = {1, 2, 4, 8, 5, 10, 6, 9, 12, 3, 14, 13, 11, 7, 15};

    private static final Letters READ = new Letters(ALL, "");

    final byte[] codes;
    private final int known;

    private Bases(String text) {
        codes = READ.codes(text);
        int count = 0;
        for (byte code : codes) {
            count += known(code) ? 1 : 0;
        }
        known = count;
    }

    /** Whether a text can be read with {@link #of}. */
    static Status status(@Nullable String text) {
        Status status = READ.status(text);
        boolean known = text != null && text.chars().anyMatch(c -> "ACGTacgt".indexOf(c) >= 0);
        return status == Status.OK && !known ? Status.NOT_APPLICABLE : status;
    }

    static Bases of(String text) {
        return new Bases(text);
    }

    int length() {
        return codes.length;
    }

    /** Number of unambiguous bases. */
    int known() {
        return known;
    }

    static boolean known(int code) {
        return code < LETTERS.length();
    }

    /** Whether a letter stands for a base, perhaps among others. */
    static boolean maybe(int code, int base) {
        return ((SETS[code] >>> base) & 1) != 0;
    }

    /**
     * The mean of a value over the bases that a letter stands for.
     *
     * @param values of the four bases, from an index on
     * @param weights of the four bases
     */
    static double mean(int code, double[] values, int from, double[] weights) {
        if (known(code)) {
            return values[from + code];
        }
        double sum = 0;
        double total = 0;
        for (int base = 0; base < LETTERS.length(); base++) {
            if (maybe(code, base)) {
                sum += weights[base] * values[from + base];
                total += weights[base];
            }
        }
        return sum / total;
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

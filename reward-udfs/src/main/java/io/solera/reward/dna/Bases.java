package io.solera.reward.dna;

import io.solera.reward.Letters;
import io.solera.reward.Status;
import org.jspecify.annotations.Nullable;

/**
 * One strand of DNA from 5' to 3', bases by their place in {@link #LETTERS}, so that a base and its complement add up to 3. Lower case
 * counts as upper case. The letters for several bases (N for any, R for A or G, and so on) follow the four:
 * each reward says what it makes of them. A text with any other character than IUPAC's letters for DNA is none (U is RNA); one without
 * any of the four, or longer than {@link Letters#LIMIT}, is not applicable.
 */
final class Bases {
    static final String LETTERS = "ACGT";
    static final int A = 0;
    static final int C = 1;
    static final int G = 2;
    static final int T = 3;

    /** Those that are told, then those for several bases. */
    private static final String ALL = LETTERS + "RYSWKMBDHVN";

    /** Which bases a letter stands for, A the lowest bit. */
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

    /** How many bases are known: those of the four letters. */
    int known() {
        return known;
    }

    static boolean known(int code) {
        return code < LETTERS.length();
    }

    /** Whether a letter stands for a base, among others perhaps. */
    static boolean maybe(int code, int base) {
        return ((SETS[code] >>> base) & 1) != 0;
    }

    /**
     * The mean of a value over the bases that a letter stands for.
     *
     * @param values of the four bases from a place on
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

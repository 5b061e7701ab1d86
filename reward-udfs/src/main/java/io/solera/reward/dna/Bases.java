package io.solera.reward.dna;

import io.solera.reward.Letters;
import io.solera.reward.Status;
import org.jspecify.annotations.Nullable;

/**
 * One strand of DNA from 5' to 3', bases by their place in {@link #LETTERS}, so that a base and its complement add up to 3. Lower case
 * counts as upper case. A text with any other character than IUPAC's letters for DNA is none (U is RNA); one with a letter for several
 * bases (such as N), or longer than {@link Letters#LIMIT}, is not applicable.
 */
final class Bases {
    static final String LETTERS = "ACGT";
    static final int A = 0;
    static final int C = 1;
    static final int G = 2;
    static final int T = 3;

    private static final Letters READ = new Letters(LETTERS, "RYSWKMBDHVN");

    final byte[] codes;

    private Bases(String text) {
        codes = READ.codes(text);
    }

    /** Whether a text can be read with {@link #of}. */
    static Status status(@Nullable String text) {
        return READ.status(text);
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

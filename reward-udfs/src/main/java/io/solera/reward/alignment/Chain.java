package io.solera.reward.alignment;

import io.solera.reward.Letters;
import io.solera.reward.Status;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A protein chain as {@link Blosum62} reads it: residues are coded by their place in {@link #LETTERS}. Case, white
 * space and a final {@code *} are ignored. A text with other characters than IUPAC's one-letter code is invalid; one
 * with a letter beyond the twenty amino acids, or longer than {@link #LIMIT}, is not applicable.
 */
public final class Chain implements Serializable {
    /** The twenty amino acids, in the order of the matrix. */
    static final String LETTERS = "ARNDCQEGHILKMFPSTWYV";

    /** Maximum length: two chains of it take 25 million cells, some 0.1 s. */
    public static final int LIMIT = 5000;

    private static final Letters READ = new Letters(LETTERS, "BJOUXZ");

    final byte[] codes;

    private Chain(byte[] codes) {
        this.codes = codes;
    }

    /** Whether a text can be read with {@link #of}. */
    public static Status status(@Nullable String text) {
        String letters = text == null ? null : Letters.chain(text);
        Status status = READ.status(letters);
        return status == Status.OK && letters != null && letters.length() > LIMIT ? Status.NOT_APPLICABLE : status;
    }

    /** @param text of status OK */
    public static Chain of(String text) {
        return new Chain(READ.codes(Letters.chain(text)));
    }

    public int length() {
        return codes.length;
    }

    /** A text as two spellings of one chain have it: capitals, without white space and a final {@code *}. */
    public static String canonical(String text) {
        return Letters.chain(text).toUpperCase(Locale.ROOT);
    }
}

package io.solera.reward;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The alphabet of a kind of sequence; letters are coded by their index. Case is ignored. A text with any other
 * character is invalid; one with an ambiguous letter, or longer than {@link #LIMIT}, is not applicable.
 */
public final class Letters {
    /** Maximum length of a sequence. */
    public static final int LIMIT = 100_000;

    private static final byte SEVERAL = -1;
    private static final byte NONE = -2;

    private final byte[] codes = new byte[128];

    /** @param several ambiguous letters, which stand for several of the others */
    public Letters(String letters, String several) {
        Arrays.fill(codes, NONE);
        for (int i = 0; i < several.length(); i++) {
            put(several.charAt(i), SEVERAL);
        }
        for (int i = 0; i < letters.length(); i++) {
            put(letters.charAt(i), (byte) i);
        }
    }

    private void put(char letter, byte code) {
        codes[letter] = code;
        codes[Character.toLowerCase(letter)] = code;
    }

    /** A protein without white space and without the {@code *} of a stop codon at its end. */
    public static String chain(String text) {
        boolean spaced = text.chars().anyMatch(c -> c <= ' ');
        String letters = spaced ? text.replaceAll("[ \\t\\r\\n\\f]+", "") : text;
        return letters.endsWith("*") ? letters.substring(0, letters.length() - 1) : letters;
    }

    /** Whether a text can be read with {@link #codes}. */
    public Status status(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Status.INVALID_INPUT;
        }
        boolean several = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= codes.length || codes[c] == NONE) {
                return Status.INVALID_INPUT;
            }
            several |= codes[c] == SEVERAL;
        }
        return several || text.length() > LIMIT ? Status.NOT_APPLICABLE : Status.OK;
    }

    public byte[] codes(String text) {
        byte[] read = new byte[text.length()];
        for (int i = 0; i < read.length; i++) {
            read[i] = codes[text.charAt(i)];
        }
        return read;
    }
}

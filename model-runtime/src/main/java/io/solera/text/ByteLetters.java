package io.solera.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The letters that represent bytes in the vocabularies of GPT-2 and similar models: a printable Latin-1 character
 * represents itself, the other bytes are numbered in order from U+0100 on.
 */
final class ByteLetters {
    private static final char[] LETTERS = new char[256];
    private static final byte[] BYTES = new byte[512];

    static {
        char next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xa1 && b != 0xad);
            LETTERS[b] = printable ? (char) b : next++;
            BYTES[LETTERS[b]] = (byte) b;
        }
    }

    private ByteLetters() {}

    /** The letters of all bytes, in order. */
    static List<String> all() {
        List<String> all = new ArrayList<>();
        for (char letter : LETTERS) {
            all.add(String.valueOf(letter));
        }
        return all;
    }

    /** The bytes of a text in UTF-8 as letters. */
    static String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder letters = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            letters.append(LETTERS[b & 0xff]);
        }
        return letters.toString();
    }

    /** The text of letters; bytes that are not UTF-8 become U+FFFD. */
    static String text(String letters) {
        byte[] bytes = new byte[letters.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = BYTES[letters.charAt(i)];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

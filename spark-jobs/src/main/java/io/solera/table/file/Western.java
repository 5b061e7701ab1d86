package io.solera.table.file;

import java.nio.charset.Charset;

/**
 * Whether bytes are Western European text in cp1252, a superset of Latin-1. Nearly all bytes are valid in it, so the
 * text must also look like it: no unassigned byte, accented letters among plain ones, symbols where they occur in
 * texts. Text in another single-byte encoding has long runs of accented letters, symbols within words or capitals after
 * lower-case letters.
 */
final class Western {
    static final Charset CP1252 = Charset.forName("windows-1252");
    /** Consecutive accented letters in plain texts: two, as in cr\u00e9\u00e9e. */
    private static final int RUN = 2;
    /** Icelandic letters have the codes of Turkish letters in cp1254. */
    private static final String DOUBTFUL = "\u0192\u00d0\u00f0\u00de\u00fe\u00dd\u00fd";
    /** Words of one letter, and the \u00e5ngstr\u00f6m. */
    private static final String ALONE =
            "\u00e0\u00c0\u00e9\u00c9\u00e8\u00c8\u00e5\u00c5\u00f6\u00d6\u00e6\u00c6\u00f8\u00d8\u00f3";

    private static final String SIGNS =
            "\u20ac\u201a\u201e\u2026\u2020\u2021\u2030\u2039\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u2122"
                    + "\u203a\u00a0\u00a1\u00a2\u00a3\u00a7\u00a9\u00aa\u00ab\u00ad\u00ae\u00b0\u00b1\u00b2"
                    + "\u00b3\u00b4\u00b5\u00b7\u00b9\u00ba\u00bb\u00bc\u00bd\u00be\u00bf\u00d7\u00f7";
    /** Symbols between two letters: apostrophe, dashes, dots, spaces, a multiplication sign. */
    private static final String WITHIN = "\u2019\u2013\u2014\u2026\u2022\u00b7\u00a0\u00ad\u00d7";

    private final String text;
    private int plain;
    private int accented;
    private int run;

    private Western(String text) {
        this.text = text;
    }

    /** @param bytes the first bytes of the file */
    static boolean fits(byte[] bytes) {
        for (byte b : bytes) {
            boolean control = b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r';
            if (control
                    || b == (byte) 0x81
                    || b == (byte) 0x8d
                    || b == (byte) 0x8f
                    || b == (byte) 0x90
                    || b == (byte) 0x9d) {
                return false;
            }
        }
        return new Western(new String(bytes, CP1252)).fits();
    }

    private boolean fits() {
        boolean quoted = count('\u201e') <= count('\u201c') + count('\u201d')
                && count('\u201a') <= count('\u2018') + count('\u2019');
        for (int k = 0; k < text.length() && quoted; k++) {
            char c = text.charAt(k);
            if (c < 0x80) {
                run = 0;
            } else if (!(letter(c) ? fitsAsLetter(k, c) : fitsAsSign(k, c))) {
                return false;
            }
        }
        return quoted && accented <= 2 * plain;
    }

    private boolean fitsAsLetter(int k, char c) {
        boolean before = letter(at(k - 1));
        boolean after = letter(at(k + 1));
        if (++run > RUN || DOUBTFUL.indexOf(c) >= 0 || (Character.isUpperCase(c) && Character.isLowerCase(at(k - 1)))) {
            return false;
        }
        if (!before && !after) {
            return ALONE.indexOf(c) >= 0;
        }
        accented++;
        plain += plain(at(k - 1)) + plain(at(k + 1));
        return true;
    }

    private boolean fitsAsSign(int k, char c) {
        run = 0;
        boolean within = letter(at(k - 1)) && letter(at(k + 1));
        return (within ? WITHIN : SIGNS).indexOf(c) >= 0;
    }

    private char at(int k) {
        return k >= 0 && k < text.length() ? text.charAt(k) : ' ';
    }

    private static int plain(char c) {
        return c < 0x80 && letter(c) ? 1 : 0;
    }

    /** Ordinal signs and the micro sign are letters only in Unicode. */
    private static boolean letter(char c) {
        return Character.isLetter(c) && c != '\u00aa' && c != '\u00ba' && c != '\u00b5' && c != '\u02c6';
    }

    private long count(char c) {
        return text.chars().filter(other -> other == c).count();
    }
}

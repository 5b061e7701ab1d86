package io.solera.reward.text.words;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words and sentences as textstat counts them. A word is what stands between white space once everything is removed but letters,
 * numbers, underscores and the apostrophes before t, s, d, ve, ll or re. A sentence goes from the start of a word to the points,
 * question and exclamation marks that follow; those of at most two words do not count, and there is at least one.
 */
public final class Words {
    private static final int SHORT = 2;

    private Words() {}

    public static int count(String text) {
        return count(text, 0, text.length());
    }

    private static int count(String text, int start, int end) {
        int words = 0;
        boolean inside = false;
        for (int i = start; i < end; ) {
            int point = text.codePointAt(i);
            if (Characters.space(point)) {
                inside = false;
            } else if (!inside && kept(text, i, point)) {
                inside = true;
                words++;
            }
            i += Character.charCount(point);
        }
        return words;
    }

    /** In lower case. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (kept(text, i, point)) {
                word.appendCodePoint(point);
            }
            i += Character.charCount(point);
            if (!word.isEmpty() && (i == text.length() || Characters.space(point))) {
                words.add(word.toString().toLowerCase(Locale.ROOT));
                word.setLength(0);
            }
        }
        return words;
    }

    public static int sentences(String text) {
        int sentences = 0;
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (!Characters.word(point)) {
                i += Character.charCount(point);
                continue;
            }
            int start = i;
            while (i < text.length() && !ends(text.charAt(i))) {
                i++;
            }
            sentences += count(text, start, i) > SHORT ? 1 : 0;
            while (i < text.length() && ends(text.charAt(i))) {
                i++;
            }
        }
        return Math.max(1, sentences);
    }

    private static boolean ends(char c) {
        return c == '.' || c == '!' || c == '?';
    }

    private static boolean kept(String text, int at, int point) {
        if (point != '\'') {
            return Characters.word(point);
        }
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        return next == 't'
                || next == 's'
                || next == 'd'
                || text.startsWith("ve", at + 1)
                || text.startsWith("ll", at + 1)
                || text.startsWith("re", at + 1);
    }
}

package io.solera.text.chat;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's string operations, in code points. */
final class Texts {
    private static final Pattern WORD_BREAK = Pattern.compile("[-\\s({\\[<]");

    private Texts() {}

    /** Python's white space, which includes a few more characters than Java's. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /** @param characters to strip at both ends; null: white space */
    static String stripped(String text, @Nullable String characters, boolean left, boolean right) {
        int begin = 0;
        int end = text.length();
        while (left && begin < end && strips(text.codePointAt(begin), characters)) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        while (right && begin < end && strips(text.codePointBefore(end), characters)) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(begin, end);
    }

    private static boolean strips(int c, @Nullable String characters) {
        return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
    }

    static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = Character.charCount(text.codePointAt(0));
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    /**
     * Capitalises every word.
     *
     * @param python whether a word ends at every character that is not a letter, as for {@code str.title}; otherwise at
     *     the breaks of Jinja's filter
     */
    static String titled(String text, boolean python) {
        StringBuilder titled = new StringBuilder();
        boolean begins = true;
        for (int c : text.codePoints().toArray()) {
            String letter = Character.toString(c);
            boolean breaks =
                    python ? !Character.isLetter(c) : WORD_BREAK.matcher(letter).matches();
            titled.append(begins ? letter.toUpperCase(Locale.ROOT) : letter.toLowerCase(Locale.ROOT));
            begins = breaks;
        }
        return titled.toString();
    }

    /** The value of a literal with Python's escapes. */
    static String unescaped(String literal, int line) {
        if (literal.indexOf('\\') < 0) {
            return literal;
        }
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < literal.length(); k++) {
            char c = literal.charAt(k);
            if (c != '\\' || k + 1 == literal.length()) {
                text.append(c);
                continue;
            }
            char escaped = literal.charAt(++k);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'f' -> text.append('\f');
                case 'b' -> text.append('\b');
                case 'a' -> text.append('\u0007');
                case 'v' -> text.append('\u000b');
                case '\\', '\'', '"' -> text.append(escaped);
                case '\n' -> {}
                case 'x', 'u', 'U' -> {
                    int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : 8;
                    text.append(character(literal, k + 1, digits, line));
                    k += digits;
                }
                case 'N', '0', '1', '2', '3', '4', '5', '6', '7' ->
                    throw TemplateException.at(
                            line, "\\%s is not known (write the character itself)".formatted(escaped));
                default -> text.append('\\').append(escaped);
            }
        }
        return text.toString();
    }

    private static String character(String literal, int from, int digits, int line) {
        try {
            return Character.toString(Integer.parseInt(literal.substring(from, from + digits), 16));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw TemplateException.at(
                    line, "\\%s is not followed by the number of a character".formatted(literal.charAt(from - 1)));
        }
    }
}

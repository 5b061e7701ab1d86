package io.solera.reward.text.words;

/** The classes of characters that the reference implementations, which are written in Python, mean by {@code \s} and {@code \w}. */
public final class Characters {
    private Characters() {}

    /** Unicode white space: more than {@link Character#isWhitespace(int)}, which leaves out spaces that do not break. */
    public static boolean space(int point) {
        if (point <= ' ') {
            return point == ' ' || within(point, '\t', '\r') || within(point, 0x1c, 0x1f);
        }
        return point >= 0x85 && (point == 0x85 || Character.isSpaceChar(point));
    }

    /** A letter, a number of any kind or the underscore; no combining mark. */
    static boolean word(int point) {
        if (point < 0x80) {
            return within(point, 'a', 'z') || within(point, 'A', 'Z') || within(point, '0', '9') || point == '_';
        }
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    public static boolean within(int point, int first, int last) {
        return point >= first && point <= last;
    }
}

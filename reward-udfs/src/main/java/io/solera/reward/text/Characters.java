package io.solera.reward.text;

/** The classes of characters that the reference implementations, which are written in Python, mean by {@code \s} and {@code \w}. */
final class Characters {
    private Characters() {}

    /** Unicode white space: more than {@link Character#isWhitespace(int)}, which leaves out spaces that do not break. */
    static boolean space(int point) {
        return point <= ' '
                ? point == ' ' || point >= '\t' && point <= '\r' || point >= 0x1c && point <= 0x1f
                : point == 0x85 || point >= 0xa0 && Character.isSpaceChar(point);
    }

    /** A letter, a number of any kind or the underscore; no combining mark. */
    static boolean word(int point) {
        if (point < 0x80) {
            return point >= 'a' && point <= 'z'
                    || point >= 'A' && point <= 'Z'
                    || point >= '0' && point <= '9'
                    || point == '_';
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
}

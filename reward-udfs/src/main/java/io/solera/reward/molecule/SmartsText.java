package io.solera.reward.molecule;

/** A SMARTS string under a cursor. */
final class SmartsText {
    private final String text;
    private int at;

    SmartsText(String text) {
        this.text = text;
    }

    boolean done() {
        return at == text.length();
    }

    /** The next character, 0 at the end. */
    char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    boolean take(String word) {
        if (!text.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    char next() {
        if (done()) {
            throw error("it ends too early");
        }
        return text.charAt(at++);
    }

    /** One digit, as ring numbers are written here. */
    int number() {
        return next() - '0';
    }

    /** A run of digits, or what it means to leave them out. */
    int number(int otherwise) {
        int start = at;
        while (Character.isDigit(peek())) {
            at++;
        }
        return start == at ? otherwise : Integer.parseInt(text.substring(start, at));
    }

    /** Up to the parenthesis that closes the one just taken. */
    String toClosing() {
        int start = at;
        for (int depth = 1; depth > 0; ) {
            char c = next();
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return text.substring(start, at - 1);
    }

    /** The longest element symbol that stands here, empty without one. */
    String symbol() {
        for (int length = Math.min(2, text.length() - at); length > 0; length--) {
            String word = text.substring(at, at + length);
            if (Elements.known(word)) {
                at += length;
                return word;
            }
        }
        return "";
    }

    IllegalArgumentException error(String why) {
        return new IllegalArgumentException("Cannot read SMARTS: %s at character %d (%s)".formatted(why, at + 1, text));
    }
}

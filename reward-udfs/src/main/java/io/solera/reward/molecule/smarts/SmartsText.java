package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.Elements;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A SMARTS string under a cursor. */
final class SmartsText {
    /** Longer numbers mean nothing here. */
    private static final int DIGITS = 3;

    private static final Pattern HYDROGEN = Pattern.compile("\\d{0,3}H[+-]?\\d?(?::\\d{1,3})?]");
    /** Elements made one atom at a time; their symbols read as others and a primitive. */
    private static final int SUPERHEAVY = 112;

    private final String text;
    private final int depth;
    private int at;

    /** @param depth how many {@code $(...)} it stands in */
    SmartsText(String text, int depth) {
        this.text = text;
        this.depth = depth;
    }

    int depth() {
        return depth;
    }

    boolean done() {
        return at == text.length();
    }

    /** The next character, 0 at the end. */
    char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    boolean take(char c) {
        if (peek() != c || done()) {
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

    void back() {
        at--;
    }

    boolean digit() {
        return peek() >= '0' && peek() <= '9';
    }

    /** A ring number: one digit, or two after a percent sign. */
    int ringNumber() {
        if (!take('%')) {
            return next() - '0';
        }
        int start = at;
        while (digit() && at < start + 2) {
            at++;
        }
        if (at < start + 2) {
            throw error("% must be followed by two digits");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    /** A run of digits, or what it means to leave them out. */
    int number(int otherwise) {
        int start = at;
        while (digit()) {
            at++;
        }
        if (at - start > DIGITS) {
            throw error("a number is too long");
        }
        return start == at ? otherwise : Integer.parseInt(text.substring(start, at));
    }

    /** Up to the parenthesis that closes the one just taken. */
    String toClosing() {
        int start = at;
        for (int open = 1; open > 0; ) {
            char c = next();
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return text.substring(start, at - 1);
    }

    /** Whether a bracket that was just opened holds a hydrogen atom and no more than its isotope, charge and map. */
    boolean hydrogenAtom() {
        Matcher matcher = HYDROGEN.matcher(text).region(at, text.length());
        return matcher.lookingAt();
    }

    /** The element symbol that stands here, of two letters or one of {@code K U V W Y}; empty without one. */
    String symbol() {
        String two = at + 2 <= text.length() ? text.substring(at, at + 2) : "";
        boolean aromatic = two.equals("se") || two.equals("as") || two.equals("te") || two.equals("si");
        if (aromatic || (two.length() == 2 && Elements.known(two) && Elements.number(two) <= SUPERHEAVY)) {
            at += 2;
            return two;
        }
        if ("KUVWY".indexOf(peek()) >= 0 && !done()) {
            return String.valueOf(next());
        }
        return "";
    }

    IllegalArgumentException error(String why) {
        return new IllegalArgumentException("Cannot read SMARTS: %s at character %d (%s)".formatted(why, at + 1, text));
    }
}

package io.solera.reward.molecule;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of SMILES, checked token by token before any parser sees the string: parsers forgive what a generator must not
 * learn to write.
 *
 * @param lowerCase atoms, in the order of the text, that are written as aromatic
 * @param bracketed atoms that stand in brackets
 */
record SmilesText(int atoms, BitSet lowerCase, BitSet bracketed) {
    private static final Pattern BRACKET = Pattern.compile(
            "\\[(?<isotope>\\d{1,3})?(?<symbol>[A-Z][a-z]?|\\*|[a-z][a-z]?)"
                    + "(?:@{1,2}|@(?:TH|AL)[12]|@SP[1-3]|@(?:TB|OH)\\d{1,2})?(?:H\\d?)?(?:[+-]\\d{1,2}|\\++|-+)?(?::\\d{1,4})?]");
    private static final String AROMATIC_IN_BRACKETS = " b c n o p s se as te si ";

    private enum Last {
        NOTHING,
        ATOM,
        BOND,
        OPEN,
        CLOSE,
        RING
    }

    /** What a string says, or null when it is no SMILES. */
    static @Nullable SmilesText scan(String text) {
        Scanner scanner = new Scanner(text);
        return scanner.accepts() ? new SmilesText(scanner.atoms, scanner.lowerCase, scanner.bracketed) : null;
    }

    private static final class Scanner {
        private final String text;
        private final BitSet lowerCase = new BitSet();
        private final BitSet bracketed = new BitSet();
        private int at;
        private int atoms;
        private int depth;
        private Last last = Last.NOTHING;

        Scanner(String text) {
            this.text = text;
        }

        boolean accepts() {
            while (at < text.length()) {
                if (!token(text.charAt(at))) {
                    return false;
                }
            }
            return depth == 0 && closed();
        }

        private boolean token(char c) {
            return switch (c) {
                case '(' -> closed() && move(1, Last.OPEN, depth + 1);
                case ')' -> depth > 0 && closed() && move(1, Last.CLOSE, depth - 1);
                case '-', '=', '#', ':', '/', '\\' -> (closed() || last == Last.OPEN) && move(1, Last.BOND, depth);
                case '.' -> closed() && move(1, Last.NOTHING, depth);
                case '%' -> digit(at + 1) && digit(at + 2) && ring(3);
                case '[' -> bracket();
                default -> (c >= '0' && c <= '9') ? ring(1) : organic(c);
            };
        }

        /** Whether a bond, a branch or the end may follow. */
        private boolean closed() {
            return last == Last.ATOM || last == Last.RING || last == Last.CLOSE;
        }

        private boolean ring(int length) {
            return (closed() || last == Last.BOND) && move(length, Last.RING, depth);
        }

        private boolean organic(char c) {
            boolean twoLetters = text.startsWith("Cl", at) || text.startsWith("Br", at);
            if (!twoLetters && "BCNOPSFI*bcnops".indexOf(c) < 0) {
                return false;
            }
            return atom(Character.isLowerCase(c), false, twoLetters ? 2 : 1);
        }

        private boolean bracket() {
            Matcher matcher = BRACKET.matcher(text).region(at, text.length());
            if (!matcher.lookingAt()) {
                return false;
            }
            String symbol = matcher.group("symbol");
            boolean aromatic = Character.isLowerCase(symbol.charAt(0));
            if (aromatic ? !AROMATIC_IN_BRACKETS.contains(" " + symbol + " ") : !Elements.known(symbol)) {
                return false;
            }
            return atom(aromatic, true, matcher.end() - at);
        }

        private boolean atom(boolean aromatic, boolean inBrackets, int length) {
            lowerCase.set(atoms, aromatic);
            bracketed.set(atoms, inBrackets);
            atoms++;
            return move(length, Last.ATOM, depth);
        }

        private boolean move(int length, Last kind, int newDepth) {
            at += length;
            last = kind;
            depth = newDepth;
            return true;
        }

        private boolean digit(int index) {
            return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
        }
    }
}

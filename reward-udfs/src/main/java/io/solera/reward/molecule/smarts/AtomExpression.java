package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.Elements;
import io.solera.reward.molecule.graph.Kinds;
import io.solera.reward.molecule.graph.Trait;

/**
 * The atom part of SMARTS: organic symbols, and primitives in brackets with {@code ! & , ;} and {@code $(...)}. Marks of handedness and
 * atom maps are read and mean nothing.
 */
final class AtomExpression {
    private static final int GREATEST = 999;

    private final SmartsText text;
    private final Patterns patterns;

    private AtomExpression(SmartsText text, Patterns patterns) {
        this.text = text;
        this.patterns = patterns;
    }

    static AtomTest read(SmartsText text, Patterns patterns) {
        return new AtomExpression(text, patterns).read();
    }

    private AtomTest read() {
        if (!text.take('[')) {
            return outsideBrackets();
        }
        if (text.hydrogenAtom()) {
            return hydrogenAtom();
        }
        AtomTest all = either();
        while (text.take(';')) {
            all = all.and(either());
        }
        if (text.take(':')) {
            text.number(0);
        }
        if (!text.take(']')) {
            throw text.error("a bracket stays open");
        }
        return all;
    }

    private AtomTest outsideBrackets() {
        if (text.take("Cl")) {
            return aliphatic(Elements.CL);
        } else if (text.take("Br")) {
            return aliphatic(Elements.BR);
        }
        char c = text.next();
        if ("BCNOPSFI*Aabcnops".indexOf(c) < 0) {
            throw text.error("%s is no atom outside of brackets".formatted(c));
        }
        return letter(c);
    }

    /** {@code [H]}, {@code [2H]} and {@code [H+]} are hydrogen atoms; beside anything else H counts hydrogens. */
    private AtomTest hydrogenAtom() {
        AtomTest atom = element(Elements.H);
        while (!text.take(']')) {
            if (text.take(':')) {
                text.number(0);
            } else {
                atom = atom.and(text.take('H') ? AtomTest.ANYTHING : primitive(text.next(), false));
            }
        }
        return atom;
    }

    private AtomTest either() {
        AtomTest any = both();
        while (text.take(',')) {
            any = any.or(both());
        }
        return any;
    }

    private AtomTest both() {
        AtomTest sum = signed();
        while (",;:]".indexOf(text.peek()) < 0) {
            text.take('&');
            sum = sum.and(signed());
        }
        return sum;
    }

    private AtomTest signed() {
        boolean negated = false;
        while (text.take('!')) {
            negated = !negated;
        }
        if (text.take("$(")) {
            int inner = patterns.inner(text.toClosing(), text);
            AtomTest check = AtomTest.check(new AtomCheck.Inner(inner, !negated));
            return negated ? check : patterns.first(inner).unchecked().and(check);
        }
        AtomTest test = symbol();
        return negated ? test.not() : test;
    }

    private AtomTest symbol() {
        String symbol = text.symbol();
        if (symbol.length() == 2 && Character.isLowerCase(symbol.charAt(0))) {
            return aromatic(Elements.number(Character.toUpperCase(symbol.charAt(0)) + symbol.substring(1)));
        }
        if (!symbol.isEmpty()) {
            return aliphatic(Elements.number(symbol));
        }
        return primitive(text.next(), true);
    }

    private AtomTest primitive(char c, boolean letters) {
        return switch (c) {
            case '#' -> element(text.number(-1));
            case '+' -> charge(1);
            case '-' -> charge(-1);
            case '@' -> handedness();
            default -> {
                if (Character.isDigit(c)) {
                    text.back();
                    int isotope = text.number(0);
                    yield AtomTest.within(Trait.ISOTOPE, isotope, isotope);
                }
                if (!letters) {
                    throw text.error("%s cannot stand beside a hydrogen atom".formatted(c));
                }
                yield letter(c);
            }
        };
    }

    private AtomTest letter(char c) {
        return switch (c) {
            case '*' -> AtomTest.ANYTHING;
            case 'a' -> AtomTest.kinds(Kinds.AROMATIC);
            case 'A' -> AtomTest.kinds(Kinds.ALIPHATIC);
            case 'b', 'c', 'n', 'o', 'p', 's' -> aromatic(Elements.number(String.valueOf(Character.toUpperCase(c))));
            case 'B', 'C', 'N', 'O', 'P', 'S', 'F', 'I' -> aliphatic(Elements.number(String.valueOf(c)));
            case 'D' -> number(Trait.DEGREE, 1);
            case 'H' -> number(Trait.HYDROGENS, 1);
            case 'h' -> some(Trait.IMPLICIT);
            case 'X' -> number(Trait.CONNECTIONS, 1);
            case 'v' -> number(Trait.VALENCE, 1);
            case 'R' -> some(Trait.RINGS);
            case 'r' -> some(Trait.RING_SIZE);
            case 'x' -> some(Trait.RING_BONDS);
            default -> throw text.error("%s is no atom".formatted(c));
        };
    }

    private AtomTest handedness() {
        text.take('@');
        text.take('?');
        return AtomTest.ANYTHING;
    }

    private AtomTest charge(int sign) {
        char mark = sign > 0 ? '+' : '-';
        int count = 1;
        while (text.take(mark)) {
            count++;
        }
        int charge = sign * (count > 1 ? count : text.number(1));
        return AtomTest.within(Trait.CHARGE, charge, charge);
    }

    /** A number, or bounds as in {@code D{2-3}}. */
    private AtomTest number(Trait trait, int otherwise) {
        if (!text.take('{')) {
            int value = text.number(otherwise);
            return AtomTest.within(trait, value, value);
        }
        int low = text.number(0);
        int high = text.take('-') ? text.number(GREATEST) : low;
        if (!text.take('}') || low > high) {
            throw text.error("bounds must be written as {2-3}");
        }
        return AtomTest.within(trait, low, high);
    }

    /** Without a number: any above 0. */
    private AtomTest some(Trait trait) {
        return Character.isDigit(text.peek()) || text.peek() == '{'
                ? number(trait, 1)
                : AtomTest.within(trait, 0, 0).not();
    }

    private static AtomTest aliphatic(int element) {
        return element(element).and(AtomTest.kinds(Kinds.ALIPHATIC));
    }

    private static AtomTest aromatic(int element) {
        return element(element).and(AtomTest.kinds(Kinds.AROMATIC));
    }

    private static AtomTest element(int element) {
        AtomTest kind = AtomTest.kinds(Kinds.of(element));
        return Kinds.exact(element)
                ? kind
                : kind.and(AtomTest.check(new AtomCheck.Within(Trait.ELEMENT, element, element, true)));
    }
}

package io.solera.reward.molecule.smarts;

import io.solera.reward.molecule.graph.BondKinds;

/** The bond part of SMARTS: {@code - = # $ : ~ @ / \} with {@code ! & , ;}, as {@link BondKinds}. */
final class BondExpression {
    /** Where no bond is written. */
    static final int NONE = -1;

    private BondExpression() {}

    /** The kinds of the bond that stands here. */
    static int read(SmartsText text) {
        int all = either(text);
        while (all != NONE && text.take(';')) {
            all &= given(text, either(text));
        }
        return all;
    }

    private static int either(SmartsText text) {
        int any = both(text);
        while (any != NONE && text.take(',')) {
            any |= given(text, both(text));
        }
        return any;
    }

    private static int both(SmartsText text) {
        int sum = NONE;
        while (true) {
            boolean joined = text.take('&');
            boolean negated = false;
            boolean marked = false;
            while (text.take('!')) {
                negated = !negated;
                marked = true;
            }
            int one = primitive(text);
            if (one == NONE) {
                if (joined || marked) {
                    throw text.error("a bond is missing");
                }
                return sum;
            }
            int signed = negated ? BondKinds.ALL & ~one : one;
            sum = sum == NONE ? signed : sum & signed;
        }
    }

    private static int given(SmartsText text, int bond) {
        if (bond == NONE) {
            throw text.error("a bond is missing");
        }
        return bond;
    }

    /** Marks of cis and trans are read as the single bonds that carry them. */
    private static int primitive(SmartsText text) {
        int kinds = switch (text.peek()) {
            case '-' -> BondKinds.SINGLE;
            case '=' -> BondKinds.ordered(2);
            case '#' -> BondKinds.ordered(3);
            case '$' -> BondKinds.ordered(4);
            case ':' -> BondKinds.AROMATIC;
            case '~' -> BondKinds.ALL;
            case '@' -> BondKinds.IN_RING;
            case '/', '\\' -> BondKinds.SINGLE_OR_AROMATIC;
            default -> NONE;
        };
        if (kinds != NONE) {
            text.next();
        }
        return kinds;
    }
}

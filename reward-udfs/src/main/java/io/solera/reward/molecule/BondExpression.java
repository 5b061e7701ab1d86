package io.solera.reward.molecule;

import org.jspecify.annotations.Nullable;

/** The bond part of SMARTS: {@code - = # : ~ @} with {@code ! & , ;}. */
final class BondExpression {
    private BondExpression() {}

    /** The test that stands here, null where none is written. */
    static @Nullable BondTest read(SmartsText text) {
        BondTest all = either(text);
        while (all != null && text.take(';')) {
            BondTest next = either(text);
            if (next == null) {
                throw text.error("a bond is missing");
            }
            all = all.and(next);
        }
        return all;
    }

    private static @Nullable BondTest either(SmartsText text) {
        BondTest any = both(text);
        while (any != null && text.take(',')) {
            BondTest next = both(text);
            if (next == null) {
                throw text.error("a bond is missing");
            }
            any = any.or(next);
        }
        return any;
    }

    private static @Nullable BondTest both(SmartsText text) {
        BondTest sum = null;
        while (true) {
            text.take('&');
            boolean negated = text.take('!');
            BondTest one = primitive(text);
            if (one == null) {
                if (negated) {
                    throw text.error("a bond is missing");
                }
                return sum;
            }
            BondTest signed = negated ? one.not() : one;
            sum = sum == null ? signed : sum.and(signed);
        }
    }

    private static @Nullable BondTest primitive(SmartsText text) {
        if (text.take('-')) {
            return ordered(1);
        } else if (text.take('=')) {
            return ordered(2);
        } else if (text.take('#')) {
            return ordered(3);
        } else if (text.take(':')) {
            return (molecule, bond) -> molecule.aromaticBond[bond];
        } else if (text.take('~')) {
            return (molecule, bond) -> true;
        } else if (text.take('@')) {
            return (molecule, bond) -> molecule.rings.atBond[bond] > 0;
        }
        return null;
    }

    private static BondTest ordered(int order) {
        return (molecule, bond) -> !molecule.aromaticBond[bond] && molecule.graph.order[bond] == order;
    }
}

package io.solera.reward.molecule.graph;

/** Coarse classes of atoms as bits, one of them for each atom: its element, rare ones together, and whether it is aromatic. */
public final class Kinds {
    public static final int ALIPHATIC = 0x7FFF;
    public static final int AROMATIC = 0x7FFF0000;
    public static final int ALL = ALIPHATIC | AROMATIC;
    private static final int OTHER = 14;
    private static final int[] ELEMENTS = {
        Elements.H,
        Elements.B,
        Elements.C,
        Elements.N,
        Elements.O,
        Elements.F,
        Elements.SI,
        Elements.P,
        Elements.S,
        Elements.CL,
        Elements.BR,
        Elements.I,
        Elements.SE,
        Elements.AS
    };

    private Kinds() {}

    /** Whether an element has bits of its own. */
    public static boolean exact(int element) {
        return index(element) != OTHER;
    }

    /** The bits of an element, aliphatic and aromatic. */
    public static int of(int element) {
        return 0x10001 << index(element);
    }

    public static int of(int element, boolean aromatic) {
        return of(element) & (aromatic ? AROMATIC : ALIPHATIC);
    }

    private static int index(int element) {
        for (int i = 0; i < ELEMENTS.length; i++) {
            if (ELEMENTS[i] == element) {
                return i;
            }
        }
        return OTHER;
    }

    /** How rare atoms of these kinds are in drugs, for the choice where to start a search: the smaller the rarer. */
    public static int abundance(int kinds) {
        int sum = 0;
        sum += (kinds & of(Elements.C, false)) != 0 ? 100 : 0;
        sum += (kinds & of(Elements.C, true)) != 0 ? 100 : 0;
        sum += (kinds & of(Elements.N, false)) != 0 ? 20 : 0;
        sum += (kinds & of(Elements.N, true)) != 0 ? 15 : 0;
        sum += (kinds & of(Elements.O, false)) != 0 ? 20 : 0;
        return sum + Integer.bitCount(kinds);
    }
}

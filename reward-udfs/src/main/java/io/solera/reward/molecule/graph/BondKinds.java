package io.solera.reward.molecule.graph;

/** Classes of bonds as bits, one of them for each bond: its order, that it is aromatic or has none, and whether it is in a ring. */
public final class BondKinds {
    private static final int AROMATIC_PLACE = 4;
    private static final int NO_ORDER_PLACE = 5;
    private static final int RING_SHIFT = 6;
    public static final int ALL = 0xFFF;
    public static final int IN_RING = 0x3F << RING_SHIFT;
    public static final int AROMATIC = either(AROMATIC_PLACE);
    public static final int SINGLE = ordered(1);
    public static final int SINGLE_OR_AROMATIC = SINGLE | AROMATIC;

    private BondKinds() {}

    /** Bonds of an order that are not aromatic. */
    public static int ordered(int order) {
        return either(order - 1);
    }

    static int of(int order, boolean aromatic, boolean inRing) {
        int place = aromatic ? AROMATIC_PLACE : order == 0 ? NO_ORDER_PLACE : order - 1;
        return 1 << (place + (inRing ? RING_SHIFT : 0));
    }

    private static int either(int place) {
        return (1 << place) | (1 << (place + RING_SHIFT));
    }
}

package io.solera.reward.molecule.graph;

/**
 * A number that SMARTS asks of an atom. Small values have one bit each among the atom's two words of traits, the last bit (for charges
 * also the first) stands for all beyond, so that several questions are answered by one AND. Bits 0 to 30 of the first word are
 * {@link Kinds}.
 */
public enum Trait {
    DEGREE(0, 32, 7, 0),
    HYDROGENS(0, 39, 5, 0),
    CHARGE(0, 44, 5, -2),
    CONNECTIONS(0, 49, 7, 0),
    RINGS(0, 56, 5, 0),
    ISOTOPE(0, 61, 2, 0),
    VALENCE(1, 0, 9, 0),
    /** The size of the smallest ring, 0 outside of rings. */
    RING_SIZE(1, 9, 8, 2),
    RING_BONDS(1, 17, 5, 0),
    /** Hydrogens that are no atoms of the graph. */
    IMPLICIT(1, 22, 5, 0),
    /** Known by {@link Kinds} where those are exact. */
    ELEMENT(0, 0, 0, 0);

    public final int word;
    private final int shift;
    private final int size;
    private final int lowest;

    Trait(int word, int shift, int size, int lowest) {
        this.word = word;
        this.shift = shift;
        this.size = size;
        this.lowest = lowest;
    }

    public int of(Molecule molecule, int atom) {
        Graph graph = molecule.graph;
        return switch (this) {
            case DEGREE -> graph.degree(atom);
            case HYDROGENS -> graph.hydrogens(atom);
            case CHARGE -> graph.charge[atom];
            case CONNECTIONS -> graph.connections(atom);
            case RINGS -> molecule.rings.atAtom[atom];
            case ISOTOPE -> graph.isotope[atom];
            case VALENCE -> graph.valence(atom);
            case RING_SIZE -> molecule.rings.smallest[atom];
            case RING_BONDS -> molecule.rings.bondsAt(graph, atom);
            case IMPLICIT -> graph.implicit[atom];
            case ELEMENT -> graph.element[atom];
        };
    }

    /** All bits of this trait in its word. */
    public long field() {
        return ((1L << size) - 1) << shift;
    }

    /** The bit of a value. */
    public long bit(int value) {
        return size == 0 ? 0 : 1L << (shift + Math.max(0, Math.min(size - 1, value - lowest)));
    }

    /** Whether the bit of a value stands for it alone. */
    public boolean exact(int value) {
        int place = value - lowest;
        return place < size - 1 && (place > 0 || (place == 0 && lowest == 0) || (this == RING_SIZE && value == 0));
    }

    /** The words of an atom, the kinds left out of the first. */
    static long word(int number, Molecule molecule, int atom) {
        long bits = 0;
        for (Trait trait : values()) {
            if (trait.word == number) {
                bits |= trait.bit(trait.of(molecule, atom));
            }
        }
        return bits;
    }
}

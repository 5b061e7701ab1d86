package io.solera.reward.molecule;

/**
 * A molecule ready for rewards: its graph, its rings and which of them are aromatic, perceived anew so that nothing depends on how
 * the string was written. Immutable.
 */
public final class Molecule {
    final Graph graph;
    final Rings rings;
    final boolean[] aromaticBond;
    final boolean[] aromaticAtom;
    /** Of each atom, and of all together. */
    final int[] kind;

    final int kinds;
    /** Equal for atoms that nothing tells apart, see {@link AtomColours}. */
    final long[] colours;

    private final String canonicalSmiles;

    Molecule(Graph graph, Rings rings, boolean[] aromaticBond, long[] colours, String canonicalSmiles) {
        this.graph = graph;
        this.rings = rings;
        this.aromaticBond = aromaticBond;
        this.aromaticAtom = new boolean[graph.atoms];
        for (int bond = 0; bond < graph.bonds; bond++) {
            if (aromaticBond[bond]) {
                aromaticAtom[graph.begin[bond]] = true;
                aromaticAtom[graph.end[bond]] = true;
            }
        }
        this.colours = colours;
        this.kind = new int[graph.atoms];
        int all = 0;
        for (int atom = 0; atom < graph.atoms; atom++) {
            kind[atom] = Kinds.of(graph.element[atom], aromaticAtom[atom]);
            all |= kind[atom];
        }
        this.kinds = all;
        this.canonicalSmiles = canonicalSmiles;
    }

    /** The one SMILES of this molecule among all of its spellings. */
    public String canonicalSmiles() {
        return canonicalSmiles;
    }

    public int heavyAtoms() {
        return graph.heavyAtoms();
    }

    public int rings() {
        return rings.count();
    }
}

package io.solera.reward.molecule.graph;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A molecule ready for rewards: its graph, its rings and their aromaticity, perceived independently of how the string
 * was written. Its canonical SMILES is written when first requested.
 */
public final class Molecule {
    public final Graph graph;
    public final Rings rings;
    public final Stereo stereo;
    public final boolean[] aromaticBond;
    public final boolean[] aromaticAtom;
    /** Two words of {@link Trait}s for each atom. */
    public final long[] traits;

    public final long[] moreTraits;
    /** One of {@link BondKinds} for each bond. */
    public final int[] bondKind;
    /** Equal for equivalent atoms, see {@link AtomColours}. */
    final long[] colours;

    /** Writes the canonical SMILES when requested; dropped afterwards. */
    private @Nullable Supplier<String> writer;

    private String canonicalSmiles = "";

    public Molecule(
            Graph graph, Rings rings, boolean[] aromaticBond, Stereo stereo, long[] colours, Supplier<String> writer) {
        this.stereo = stereo;
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
        this.traits = new long[graph.atoms];
        this.moreTraits = new long[graph.atoms];
        for (int atom = 0; atom < graph.atoms; atom++) {
            traits[atom] = Trait.word(0, this, atom) | Kinds.of(graph.element[atom], aromaticAtom[atom]);
            moreTraits[atom] = Trait.word(1, this, atom);
        }
        this.bondKind = new int[graph.bonds];
        for (int bond = 0; bond < graph.bonds; bond++) {
            bondKind[bond] = BondKinds.of(graph.order[bond], aromaticBond[bond], rings.atBond[bond] > 0);
        }
        this.writer = writer;
    }

    /** The canonical SMILES: the same for all spellings of this molecule. */
    public synchronized String canonicalSmiles() {
        if (writer != null) {
            canonicalSmiles = writer.get();
            writer = null;
        }
        return canonicalSmiles;
    }

    public int rings() {
        return rings.count();
    }
}

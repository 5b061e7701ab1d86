package io.solera.reward.molecule;

import java.util.Arrays;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IBond;
import org.openscience.cdk.interfaces.IDoubleBondStereochemistry;
import org.openscience.cdk.interfaces.IStereoElement;
import org.openscience.cdk.interfaces.ITetrahedralChirality;

/**
 * Classes of equivalent atoms as 64-bit colours that depend on structure alone: colours are refined by those of the neighbours
 * (Weisfeiler and Leman) and by the handedness of stereo elements whose neighbours differ. Breaking the ties that are left gives
 * every atom a label of its own.
 */
final class AtomColours {
    private static final long NO_ATOM = 0x51ED270B9F2C4D35L;
    private static final long CHOSEN = 0x7A1C3E5D9B2F4861L;

    private final IAtomContainer container;
    private final Graph graph;
    private final boolean[] aromatic;
    private final IStereoElement<?, ?>[] stereo;
    private long[] colours;

    AtomColours(IAtomContainer container, Graph graph, Rings rings, boolean[] aromatic) {
        this.container = container;
        this.graph = graph;
        this.aromatic = aromatic;
        java.util.List<IStereoElement<?, ?>> elements = new java.util.ArrayList<>();
        container.stereoElements().forEach(elements::add);
        this.stereo = elements.toArray(IStereoElement[]::new);
        this.colours = new long[graph.atoms];
        for (int i = 0; i < graph.atoms; i++) {
            long colour = mix(graph.element[i]);
            colour = mix(colour + graph.degree(i) * 31L + graph.implicit[i]);
            colour = mix(colour + graph.charge[i] * 1009L + graph.isotope[i]);
            colours[i] = mix(colour + rings.atAtom[i]);
        }
        colours = refined(colours);
    }

    /** A colour for each atom, equal for atoms that nothing tells apart. */
    long[] colours() {
        return colours;
    }

    /** A different number for each atom, the same whatever the order of the atoms. */
    long[] labels() {
        long[] labels = colours;
        for (long tie = tie(labels); tie != 0; tie = tie(labels)) {
            labels = broken(labels, tie);
        }
        return labels;
    }

    /** The colours after one atom of a class is singled out; stereo elements may make it matter which one. */
    private long[] broken(long[] values, long tie) {
        long[] best = null;
        long bestSum = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == tie) {
                long[] next = values.clone();
                next[i] = mix(next[i] ^ CHOSEN);
                next = refined(next);
                long sum = sum(next);
                if (best == null || sum < bestSum) {
                    best = next;
                    bestSum = sum;
                }
                if (stereo.length == 0) {
                    return best;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("Cannot order atoms: a class without members");
        }
        return best;
    }

    /** The smallest colour that several atoms share, 0 without one. */
    private static long tie(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return sorted[i];
            }
        }
        return 0;
    }

    private long[] refined(long[] start) {
        long[] values = start;
        int classes = classes(values);
        while (classes < graph.atoms) {
            long[] next = oriented(spread(values));
            int more = classes(next);
            if (more <= classes) {
                return next;
            }
            values = next;
            classes = more;
        }
        return values;
    }

    private long[] spread(long[] values) {
        long[] next = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            long sum = 0;
            for (int k = 0; k < graph.neighbours[i].length; k++) {
                int bond = graph.bondsAt[i][k];
                sum += mix(values[graph.neighbours[i][k]] + (aromatic[bond] ? 12 : graph.order[bond]));
            }
            next[i] = mix(mix(values[i]) + sum);
        }
        return next;
    }

    /** Adds to stereo centres and double bonds which way round their differing neighbours are. */
    private long[] oriented(long[] values) {
        long[] next = values.clone();
        for (IStereoElement<?, ?> element : stereo) {
            if (element instanceof ITetrahedralChirality centre) {
                int focus = centre.getChiralAtom().getIndex();
                next[focus] = mix(next[focus] + handedness(centre, values));
            } else if (element instanceof IDoubleBondStereochemistry bond) {
                long side = side(bond, values);
                int a = bond.getStereoBond().getBegin().getIndex();
                int b = bond.getStereoBond().getEnd().getIndex();
                next[a] = mix(next[a] + side);
                next[b] = mix(next[b] + side);
            }
        }
        return next;
    }

    /** 1 or 2, or 0 where two neighbours are alike. */
    private static long handedness(ITetrahedralChirality centre, long[] values) {
        IAtom[] ligands = centre.getLigands();
        long[] seen = new long[4];
        for (int i = 0; i < 4; i++) {
            seen[i] = ligands[i].equals(centre.getChiralAtom()) ? NO_ATOM : values[ligands[i].getIndex()];
        }
        boolean odd = false;
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) {
                if (seen[i] == seen[j]) {
                    return 0;
                }
                odd ^= seen[i] > seen[j];
            }
        }
        boolean clockwise = centre.getStereo() == ITetrahedralChirality.Stereo.CLOCKWISE;
        return (odd ^ clockwise) ? 1 : 2;
    }

    private long side(IDoubleBondStereochemistry element, long[] values) {
        IBond bond = element.getStereoBond();
        IBond[] carriers = element.getBonds();
        int first = greater(bond.getBegin(), bond, carriers, values);
        int second = greater(bond.getEnd(), bond, carriers, values);
        if (first < 0 || second < 0) {
            return 0;
        }
        boolean together = element.getStereo() == IDoubleBondStereochemistry.Conformation.TOGETHER;
        return (together ^ (first == 1) ^ (second == 1)) ? 3 : 4;
    }

    /** 0 when the carrier at this end has the greatest colour, 1 when the other neighbour has, -1 when they are alike. */
    private int greater(IAtom atom, IBond bond, IBond[] carriers, long[] values) {
        int i = atom.getIndex();
        int carrier = carriers[0].contains(atom)
                ? carriers[0].getOther(atom).getIndex()
                : carriers[1].getOther(atom).getIndex();
        int across = bond.getOther(atom).getIndex();
        for (int neighbour : graph.neighbours[i]) {
            if (neighbour != carrier && neighbour != across) {
                return values[neighbour] == values[carrier] ? -1 : values[neighbour] > values[carrier] ? 1 : 0;
            }
        }
        return container.getAtom(i) == atom ? 0 : -1;
    }

    private static int classes(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = sorted.length == 0 ? 0 : 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[i - 1]) {
                count++;
            }
        }
        return count;
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += mix(value);
        }
        return sum;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

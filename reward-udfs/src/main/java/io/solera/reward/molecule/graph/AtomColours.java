package io.solera.reward.molecule.graph;

import java.util.Arrays;

/**
 * Classes of equivalent atoms as 64-bit colours that depend on structure alone: colours are refined by those of the
 * neighbours (Weisfeiler and Leman) and by the handedness of stereo elements whose neighbours differ. Breaking the
 * remaining ties gives every atom a unique label.
 */
public final class AtomColours {
    private static final long NO_ATOM = 0x51ED270B9F2C4D35L;
    private static final long CHOSEN = 0x7A1C3E5D9B2F4861L;

    private final Graph graph;
    private final boolean[] aromatic;
    private final Stereo stereo;
    private long[] colours;

    public AtomColours(Graph graph, Rings rings, boolean[] aromatic, Stereo stereo) {
        this.graph = graph;
        this.aromatic = aromatic;
        this.stereo = stereo;
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
    public long[] colours() {
        return colours;
    }

    /** A different number for each atom, the same whatever the order of the atoms. */
    public long[] labels() {
        long[] labels = colours;
        for (long tie = tie(labels); tie != 0; tie = tie(labels)) {
            labels = broken(labels, tie);
        }
        return labels;
    }

    /** The colours after one atom of a class is singled out; because of stereo elements it may matter which one. */
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
                if (stereo.none()) {
                    return best;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("Cannot order atoms: a class without members");
        }
        return best;
    }

    /** The smallest colour shared by several atoms, or 0. */
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
                sum += mix(values[graph.neighbours[i][k]] + kind(i, bond));
            }
            next[i] = mix(mix(values[i]) + sum);
        }
        return next;
    }

    /** A dative bond is different at its two ends. */
    private int kind(int atom, int bond) {
        if (graph.dative[bond]) {
            return Sketch.DATIVE + (graph.end[bond] == atom ? 1 : 0);
        }
        return aromatic[bond] ? Sketch.AROMATIC : graph.order[bond];
    }

    /** Adds the handedness of stereo centres and double bonds whose neighbours differ. */
    private long[] oriented(long[] values) {
        long[] next = values.clone();
        for (Stereo.Centre centre : stereo.centres()) {
            next[centre.atom()] = mix(next[centre.atom()] + handedness(centre, values));
        }
        for (Stereo.DoubleBond bond : stereo.doubleBonds()) {
            long side = side(bond, values);
            int a = graph.begin[bond.bond()];
            int b = graph.end[bond.bond()];
            next[a] = mix(next[a] + side);
            next[b] = mix(next[b] + side);
        }
        return next;
    }

    /** 1 or 2, or 0 if two neighbours are equivalent. */
    private static long handedness(Stereo.Centre centre, long[] values) {
        int[] ligands = centre.ligands();
        long[] seen = new long[4];
        for (int i = 0; i < 4; i++) {
            seen[i] = ligands[i] == centre.atom() ? NO_ATOM : values[ligands[i]];
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
        return (odd ^ centre.clockwise()) ? 1 : 2;
    }

    private long side(Stereo.DoubleBond element, long[] values) {
        int first = greater(graph.begin[element.bond()], graph.end[element.bond()], element.first(), values);
        int second = greater(graph.end[element.bond()], graph.begin[element.bond()], element.second(), values);
        if (first < 0 || second < 0) {
            return 0;
        }
        return (element.together() ^ (first == 1) ^ (second == 1)) ? 3 : 4;
    }

    /** 0 if the carrier at this end has the largest colour, 1 if the other neighbour has, -1 if they are equal. */
    private int greater(int atom, int across, int carrier, long[] values) {
        for (int neighbour : graph.neighbours[atom]) {
            if (neighbour != carrier && neighbour != across) {
                return values[neighbour] == values[carrier] ? -1 : values[neighbour] > values[carrier] ? 1 : 0;
            }
        }
        return 0;
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

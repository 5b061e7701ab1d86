package io.solera.reward.alignment;

import io.solera.reward.SequenceReward;
import java.util.Arrays;
import java.util.List;

/**
 * The Jaccard similarity of the sets of words of k residues in two chains, the number that both have over the number
 * that either has, with the nearest of some references. Words need no alignment, so chains of any length are compared
 * quickly (R. C. Edgar, Nucleic Acids Res. 32, 380, 2004, uses them so).
 */
final class Kmers implements SequenceReward.Property<Chain> {
    static final int LONGEST = 12; // 20^12 is below 2^63

    private final int k;
    private final List<long[]> references;

    Kmers(List<Chain> references, int k) {
        this.k = k;
        this.references = references.stream().map(this::words).toList();
    }

    /** NaN for a chain that is shorter than a word. */
    @Override
    public double of(Chain chain) {
        long[] words = words(chain);
        if (words.length == 0) {
            return Double.NaN;
        }
        double nearest = 0;
        for (long[] reference : references) {
            nearest = Math.max(nearest, jaccard(words, reference));
        }
        return nearest;
    }

    /** The distinct words, sorted. */
    private long[] words(Chain chain) {
        int count = Math.max(0, chain.length() - k + 1);
        long[] words = new long[count];
        for (int start = 0; start < count; start++) {
            for (int i = start; i < start + k; i++) {
                words[start] = words[start] * Chain.LETTERS.length() + chain.codes[i];
            }
        }
        return Arrays.stream(words).sorted().distinct().toArray();
    }

    private static double jaccard(long[] a, long[] b) {
        int shared = 0;
        int j = 0;
        for (long word : a) {
            while (j < b.length && b[j] < word) {
                j++;
            }
            if (j < b.length && b[j] == word) {
                shared++;
            }
        }
        return (double) shared / (a.length + b.length - shared);
    }
}

package io.solera.reward.learned;

import io.solera.reward.learned.encoding.OneHot;
import io.solera.rl.RandomKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a network on sequences was trained on, and so how near a sequence is to it: the share of places with the same letter, of the
 * longer of the two, to the nearest training sequence; 0 for a sequence that is shorter or longer than all of them. Places count from the
 * left, as the network reads them, and a letter for several is like no other.
 *
 * @param sequences those that it learnt from, in capitals
 * @param usual the nearness that 95 % of them have to the nearest other one
 * @param lowest label of each task
 * @param highest label of each task
 */
record SequenceDomain(OneHot encoding, List<String> sequences, double usual, float[] lowest, float[] highest)
        implements Serializable {
    /** Of which the usual nearness is measured; each is compared with all. */
    private static final int MEASURED = 500;

    private static final double NEARER = 0.05;

    SequenceDomain {
        sequences = List.copyOf(sequences);
        if (sequences.stream().anyMatch(each -> !encoding.key(each).text().equals(each))) {
            throw new IllegalArgumentException(
                    "Invalid domain: a sequence is none of up to %d letters of %s in capitals"
                            .formatted(encoding.positions(), encoding.alphabet().text()));
        }
        if (sequences.isEmpty() || !(usual >= 0 && usual <= 1)) {
            throw new IllegalArgumentException(
                    "Invalid domain: %d sequences, usual nearness %s (must be at least one, and 0 to 1)"
                            .formatted(sequences.size(), usual));
        }
    }

    static SequenceDomain of(OneHot encoding, LabelledTexts training) {
        int tasks = training.labels()[0].length;
        float[] lowest = new float[tasks];
        float[] highest = new float[tasks];
        Arrays.fill(lowest, Float.POSITIVE_INFINITY);
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
        for (float[] row : training.labels()) {
            for (int k = 0; k < tasks; k++) {
                if (!Float.isNaN(row[k])) {
                    lowest[k] = Math.min(lowest[k], row[k]);
                    highest[k] = Math.max(highest[k], row[k]);
                }
            }
        }
        List<String> sequences =
                training.texts().stream().map(text -> encoding.key(text).text()).toList();
        Nearest nearest = new Nearest(encoding, sequences);
        int[] order = RandomKey.of(0).with("domain").permutation(sequences.size());
        int count = Math.min(MEASURED, order.length);
        double[] near = new double[count];
        for (int i = 0; i < count; i++) {
            near[i] = nearest.of(sequences.get(order[i]), order[i]);
        }
        Arrays.sort(near);
        return new SequenceDomain(encoding, sequences, near[(int) (NEARER * count)], lowest, highest);
    }

    Nearest nearest() {
        return new Nearest(encoding, sequences);
    }

    /** The sequences as bits, to compare one with all of them. */
    static final class Nearest {
        private final OneHot encoding;
        private final long[][] known;
        private final int[] lengths;
        private final int shortest;
        private final int longest;

        Nearest(OneHot encoding, List<String> sequences) {
            this.encoding = encoding;
            List<long[]> bits = new ArrayList<>(sequences.size());
            sequences.forEach(each -> bits.add(encoding.bits(each).words()));
            known = bits.toArray(long[][]::new);
            lengths = sequences.stream().mapToInt(String::length).toArray();
            shortest = Arrays.stream(lengths).min().orElse(0);
            longest = Arrays.stream(lengths).max().orElse(0);
        }

        double of(String sequence) {
            return of(sequence, -1);
        }

        /** @param except the place of a sequence that does not count */
        private double of(String sequence, int except) {
            int length = sequence.length();
            if (length < shortest || length > longest) {
                return 0;
            }
            long[] words = encoding.bits(sequence).words();
            double most = 0;
            for (int i = 0; i < known.length; i++) {
                if (i != except) {
                    int same = 0;
                    for (int w = 0; w < words.length; w++) {
                        same += Long.bitCount(words[w] & known[i][w]);
                    }
                    most = Math.max(most, (double) same / Math.max(length, lengths[i]));
                }
            }
            return most;
        }
    }
}

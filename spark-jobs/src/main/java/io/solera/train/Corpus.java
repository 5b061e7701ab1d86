package io.solera.train;

import io.solera.rl.RandomKey;
import io.solera.text.TokenizationException;
import io.solera.text.Tokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A training set as token ids, the end token included, small enough to be broadcast whole (one byte to two per token).
 * Held-out sequences are chosen by a keyed hash of their text, so the choice does not depend on their order.
 */
public record Corpus(List<short[]> training, List<short[]> heldOut, int skipped) implements Serializable {
    /**
     * @param positions longer sequences are skipped, as are those with tokens that the tokenizer lacks; both are counted
     * @param heldOutShare of the distinct texts, in [0, 1)
     */
    public static Corpus of(
            Collection<String> texts, Tokenizer tokenizer, int positions, double heldOutShare, RandomKey key) {
        List<short[]> training = new ArrayList<>();
        List<short[]> heldOut = new ArrayList<>();
        int skipped = 0;
        for (String text : new LinkedHashSet<>(texts)) {
            short[] ids = encoded(text, tokenizer);
            if (ids.length == 0 || ids.length > positions) {
                skipped++;
            } else if (key.with(text).uniform(0) < heldOutShare) {
                heldOut.add(ids);
            } else {
                training.add(ids);
            }
        }
        return new Corpus(training, heldOut, skipped);
    }

    /** The batches of one epoch, as places in {@link #training}: in random order, sequences of like length together. */
    public List<int[]> batches(int batchSize, RandomKey key) {
        int[] order = key.permutation(training.size());
        int pool = 64 * batchSize;
        List<int[]> batches = new ArrayList<>();
        for (int start = 0; start < order.length; start += pool) {
            int[] sorted = IntStream.range(start, Math.min(order.length, start + pool))
                    .mapToObj(i -> order[i])
                    .sorted(Comparator.comparingInt((Integer place) -> training.get(place).length)
                            .thenComparing(Comparator.naturalOrder()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int b = 0; b + batchSize <= sorted.length; b += batchSize) {
                batches.add(Arrays.copyOfRange(sorted, b, b + batchSize));
            }
        }
        int[] shuffled = key.with("batches").permutation(batches.size());
        return Arrays.stream(shuffled).mapToObj(batches::get).toList();
    }

    private static short[] encoded(String text, Tokenizer tokenizer) {
        try {
            int[] ids = tokenizer.encode(text);
            short[] result = new short[ids.length + 1];
            for (int i = 0; i < ids.length; i++) {
                result[i] = (short) ids[i];
            }
            result[ids.length] = (short) tokenizer.special().end();
            return ids.length == 0 ? new short[0] : result;
        } catch (TokenizationException e) {
            return new short[0];
        }
    }

    static int[] widened(short[] ids) {
        int[] result = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            result[i] = ids[i];
        }
        return result;
    }
}

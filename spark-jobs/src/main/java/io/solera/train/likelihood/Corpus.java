package io.solera.train.likelihood;

import io.solera.model.Sequence;
import io.solera.rl.RandomKey;
import io.solera.table.file.EmptyTableException;
import io.solera.text.LeftOut;
import io.solera.text.LengthBatches;
import io.solera.text.SpecialTokens;
import io.solera.text.TokenizationException;
import io.solera.text.Tokenizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A training set as token ids, small enough to be broadcast whole (four bytes per token). Held-out sequences are chosen
 * by a keyed hash of their text, so the choice does not depend on their order.
 *
 * @param skipped how many were left out, for whatever reason
 * @param unwritten those of them that the vocabulary cannot write
 */
public record Corpus(List<Sequence> training, List<Sequence> heldOut, int skipped, LeftOut unwritten)
        implements Serializable {
    /**
     * Distinct texts, all tokens of which are learned.
     *
     * @param positions longer sequences are skipped, as are those with tokens that the tokenizer lacks; both are
     *     counted, and the first that it lacks are named with their place
     * @param heldOutShare of the distinct texts, in [0, 1)
     */
    public static Corpus of(
            Collection<String> texts, Tokenizer tokenizer, int positions, double heldOutShare, RandomKey key) {
        Map<String, Integer> places = new HashMap<>();
        int place = 0;
        for (String text : texts) {
            places.putIfAbsent(text, ++place);
        }
        return of(
                texts,
                text -> text(text, tokenizer),
                text -> "text %d: ".formatted(places.get(text)),
                Function.identity(),
                positions,
                heldOutShare,
                key);
    }

    /**
     * @param sequence of an example; empty where it has none
     * @param place of an example for a message, empty or with a space at its end
     * @param heldOutBy examples with the same text of this kind are held out together
     */
    static <T> Corpus of(
            Collection<T> examples,
            Function<T, Optional<Sequence>> sequence,
            Function<T, String> place,
            Function<T, String> heldOutBy,
            int positions,
            double heldOutShare,
            RandomKey key) {
        List<Sequence> training = new ArrayList<>();
        List<Sequence> heldOut = new ArrayList<>();
        int skipped = 0;
        LeftOut unwritten = new LeftOut();
        for (T example : new LinkedHashSet<>(examples)) {
            Optional<Sequence> read;
            try {
                read = sequence.apply(example).filter(one -> one.read() <= positions);
            } catch (TokenizationException e) {
                unwritten.add(place.apply(example), e);
                read = Optional.empty();
            }
            if (read.isEmpty()) {
                skipped++;
            } else if (key.with(heldOutBy.apply(example)).uniform(0) < heldOutShare) {
                heldOut.add(read.get());
            } else {
                training.add(read.get());
            }
        }
        return new Corpus(training, heldOut, skipped, unwritten);
    }

    /** A text after the begin token, or after its own first token where a model has none; empty where it is empty. */
    static Optional<Sequence> text(String text, Tokenizer tokenizer) {
        SpecialTokens special = tokenizer.special();
        return Optional.of(tokenizer.completion(text))
                .filter(ids -> ids.length > 1)
                .map(ids -> special.begin() != null
                        ? new Sequence(special.bosPrompt(), ids)
                        : new Sequence(new int[] {ids[0]}, Arrays.copyOfRange(ids, 1, ids.length)));
    }

    /** @throws EmptyTableException when there are fewer sequences to train on than a batch needs */
    public void requireBatch(int batchSize) {
        if (training.size() < batchSize) {
            throw new EmptyTableException(
                    ("Cannot train on %d texts (%d more were left out, %d held out): one batch needs %d (see"
                                    + " batch-size)%s")
                            .formatted(
                                    training.size(),
                                    skipped,
                                    heldOut.size(),
                                    batchSize,
                                    unwritten.count() == 0 ? "" : "; " + unwritten.message("texts")));
        }
    }

    /** The batches of one epoch, as places in {@link #training}: in random order, sequences of like length together. */
    public List<int[]> batches(int batchSize, RandomKey key) {
        int[] order = key.permutation(training.size());
        int pool = 64 * batchSize;
        List<int[]> batches = new ArrayList<>();
        for (int start = 0; start < order.length; start += pool) {
            int[] places = Arrays.copyOfRange(order, start, Math.min(order.length, start + pool));
            Arrays.sort(places);
            int[] sorted = Arrays.stream(LengthBatches.order(
                            places.length, i -> training.get(places[i]).read()))
                    .map(i -> places[i])
                    .toArray();
            for (int b = 0; b + batchSize <= sorted.length; b += batchSize) {
                batches.add(Arrays.copyOfRange(sorted, b, b + batchSize));
            }
        }
        int[] shuffled = key.with("batches").permutation(batches.size());
        return Arrays.stream(shuffled).mapToObj(batches::get).toList();
    }
}

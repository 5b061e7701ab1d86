package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.NetworkConfig;
import io.solera.rl.RandomKey;
import io.solera.text.SpecialTokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Samples sequences from a network, a micro-batch at a time, with cached keys and values: at most {@link #slots} sequences side by side; one
 * that has finished makes place for the next of the micro-batch (continuous batching; Yu et al., OSDI 2022, Orca), and when none is left the batch
 * shrinks. Equal prompts are read once. Token t of a sequence is drawn with number t of that sequence's key, so what is drawn depends on
 * the micro-batch alone.
 */
public final class Generator {
    /** Fewer rows than this take other code paths in the matrix products, whose last bits differ. */
    static final int MIN_ROWS = 8;

    private static final int MOST_ROWS = 128;
    private static final long CACHE_BYTES = 1L << 30;

    private final Network network;
    private final SpecialTokens special;
    private final SamplingSettings settings;
    private final int mostRows;

    public Generator(Network network, SpecialTokens special, SamplingSettings settings) {
        this(network, special, settings, MOST_ROWS);
    }

    Generator(Network network, SpecialTokens special, SamplingSettings settings, int mostRows) {
        if (settings.maxNewTokens() >= network.config().positions()) {
            throw new IllegalArgumentException("Invalid max-new-tokens: %d (must be below the model's n_positions, %d)"
                    .formatted(settings.maxNewTokens(), network.config().positions()));
        }
        this.network = network;
        this.special = special;
        this.settings = settings;
        this.mostRows = mostRows;
    }

    /**
     * Sequences that are written side by side: as many as have room for their keys and values in 1 GiB, 8 at least and 128 at most. It
     * follows from the shape of the model and the lengths alone, as what is drawn depends on it.
     *
     * @param columns tokens of a sequence
     */
    public static int slots(NetworkConfig config, int columns) {
        long bytes = 2L * config.layers() * config.keyHeads() * config.headSize() * columns * Float.BYTES;
        return (int) Math.max(MIN_ROWS, Math.min(MOST_ROWS, CACHE_BYTES / bytes));
    }

    /** One sequence per key, each begun with the begin token. */
    public List<Completion> generate(List<RandomKey> keys) {
        return generate(Collections.nCopies(keys.size(), keys.isEmpty() ? new int[1] : special.noPrompt()), keys);
    }

    /**
     * One completion per key.
     *
     * @param prompts at least one token each
     */
    public List<Completion> generate(List<int[]> prompts, List<RandomKey> keys) {
        if (prompts.size() != keys.size()) {
            throw new IllegalArgumentException("Cannot complete %d prompts with %d keys: there must be one each"
                    .formatted(prompts.size(), keys.size()));
        }
        List<Draft> drafts = new ArrayList<>();
        for (int b = 0; b < keys.size(); b++) {
            drafts.add(new Draft(prompts.get(b), keys.get(b)));
        }
        if (!drafts.isEmpty()) {
            write(drafts, columns(prompts));
        }
        return drafts.stream().map(Draft::completion).toList();
    }

    /** Tokens that the longest sequence may have, without the last, which is not read. */
    private int columns(List<int[]> prompts) {
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(1);
        int positions = network.config().positions();
        if (longest + settings.maxNewTokens() > positions) {
            throw new IllegalArgumentException(
                    "Cannot complete a prompt of %d tokens: with max-new-tokens, %d, it is longer than the model's %d positions"
                            .formatted(longest, settings.maxNewTokens(), positions));
        }
        return longest + settings.maxNewTokens() - 1;
    }

    private void write(List<Draft> drafts, int columns) {
        Deque<Draft> waiting = new ArrayDeque<>(drafts);
        int slots = Math.min(mostRows, slots(network.config(), columns));
        List<Draft> rows = new ArrayList<>();
        while (rows.size() < slots && !waiting.isEmpty()) {
            rows.add(waiting.remove());
        }
        // Rows past the asked ones only fill the batch up to MIN_ROWS.
        while (rows.size() < MIN_ROWS) {
            rows.add(new Draft(drafts.get(0).prompt(), RandomKey.of(rows.size())));
        }
        int vocabulary = network.config().vocabulary();
        TokenDraw draw = new TokenDraw(settings, vocabulary);
        float[] logits = new float[rows.size() * vocabulary];
        // later sequences begin at later columns: with twice the room, what is past is rarely moved out
        boolean later = !waiting.isEmpty();
        try (NDManager scope = network.scope(false);
                Prefixes prefixes = new Prefixes(
                        network, scope, drafts.stream().map(Draft::prompt).toList());
                KeyValueCache cache = new KeyValueCache(
                        scope,
                        network.config(),
                        rows.size(),
                        later ? 2 * columns : columns,
                        later || staggered(drafts))) {
            cache.advance(columns - settings.maxNewTokens());
            for (int row = 0; row < rows.size(); row++) {
                prefixes.begin(cache, row, rows.get(row).prompt());
            }
            while (drafts.stream().anyMatch(Draft::open)) {
                nextLogits(scope, rows, cache, logits);
                for (int row = 0; row < rows.size(); row++) {
                    Draft draft = rows.get(row);
                    if (draft.open()) {
                        int token = draw.draw(logits, row * vocabulary, draft.uniform());
                        boolean end = special.isEnd(token);
                        draft.add(token, (float) draw.logProbability(), end, settings.maxNewTokens());
                    }
                }
                replaceFinished(rows, waiting, cache, prefixes);
            }
        }
    }

    private static boolean staggered(List<Draft> drafts) {
        int length = drafts.get(0).prompt().length;
        return drafts.stream().anyMatch(draft -> draft.prompt().length != length);
    }

    private void nextLogits(NDManager scope, List<Draft> rows, KeyValueCache cache, float[] logits) {
        cache.makeRoom(rows.size());
        long[] last = rows.stream().mapToLong(Draft::last).toArray();
        try (NDManager step = scope.newSubManager()) {
            NDArray ids = step.create(last, new Shape(last.length, 1));
            Torch.read(network.logits(network.hidden(ids, cache)), logits, 0);
        }
    }

    /**
     * Puts waiting sequences in the place of finished ones; where none waits, takes finished ones out down to {@link #MIN_ROWS}: the last of
     * the batch moves to the place of one.
     */
    private static void replaceFinished(
            List<Draft> rows, Deque<Draft> waiting, KeyValueCache cache, Prefixes prefixes) {
        for (int row = rows.size() - 1; row >= 0; row--) {
            if (rows.get(row).open()) {
                continue;
            }
            if (!waiting.isEmpty()) {
                rows.set(row, waiting.remove());
                prefixes.begin(cache, row, rows.get(row).prompt());
            } else if (rows.size() > MIN_ROWS) {
                int last = rows.size() - 1;
                if (row < last) {
                    rows.set(row, rows.get(last));
                    cache.move(last, row);
                }
                rows.remove(last);
            } else {
                cache.begin(row);
            }
        }
    }
}

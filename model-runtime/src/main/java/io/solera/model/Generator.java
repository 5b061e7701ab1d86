package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.NetworkConfig;
import io.solera.problem.RequestException;
import io.solera.rl.RandomKey;
import io.solera.text.SpecialTokens;
import io.solera.text.Tokenizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Samples sequences from a network, a micro-batch at a time, with cached keys and values: at most {@link #slots}
 * sequences side by side; those that have finished make room for the next ones of the micro-batch (continuous batching;
 * Yu et al., OSDI 2022, Orca), and when none are left the batch shrinks. Equal prompts are processed once. Token t of a
 * sequence is drawn with number t of that sequence's key, so the samples depend only on the micro-batch. Ids that are
 * no text are never drawn: padding, and rows that a network has more than its tokenizer.
 */
public final class Generator {
    /** Matrix products of fewer rows take other code paths, whose last bits differ. */
    static final int MIN_ROWS = 8;

    private static final int MAX_ROWS = 128;
    /**
     * Waiting sequences start once this share of the slots is free: fewer would make many cohorts, which attend one by
     * one.
     */
    private static final int COHORTS = 2;

    private static final long CACHE_BYTES = 1L << 30;

    private final Network network;
    private final SpecialTokens special;
    private final SamplingSettings settings;
    private final int mostRows;
    private final BitSet never;

    public Generator(Network network, Tokenizer tokenizer, SamplingSettings settings) {
        this(network, tokenizer.special(), settings, MAX_ROWS);
        if (tokenizer.size() < network.config().vocabulary()) {
            never.set(tokenizer.size(), network.config().vocabulary());
        }
    }

    /** With a tokenizer that has a token for each of the network's ids. */
    public Generator(Network network, SpecialTokens special, SamplingSettings settings) {
        this(network, special, settings, MAX_ROWS);
    }

    Generator(Network network, SpecialTokens special, SamplingSettings settings, int mostRows) {
        if (settings.maxNewTokens() >= network.config().contextLength()) {
            throw new RequestException("Invalid max-new-tokens: %d (must be below the model's n_positions, %d)"
                    .formatted(settings.maxNewTokens(), network.config().contextLength()));
        }
        this.network = network;
        this.special = special;
        this.settings = settings;
        this.mostRows = mostRows;
        never = new BitSet();
        if (special.isOnlyPadding(special.pad())) {
            never.set(special.pad());
        }
    }

    /**
     * Sequences that are generated in parallel: as many as have room for their keys and values in 1 GiB, at least 8 and
     * at most 128. Depends only on the model's shape and the lengths, since the samples depend on it.
     *
     * @param columns tokens of a sequence
     */
    public static int slots(NetworkConfig config, int columns) {
        long bytes = 2L * config.layers() * config.keyHeads() * config.headSize() * columns * Float.BYTES;
        return (int) Math.max(MIN_ROWS, Math.min(MAX_ROWS, CACHE_BYTES / bytes));
    }

    /** One sequence per key, each starting with the begin token. */
    public List<Completion> generate(List<RandomKey> keys) {
        return generate(Collections.nCopies(keys.size(), keys.isEmpty() ? new int[1] : special.bosPrompt()), keys);
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
        List<PartialSequence> drafts = new ArrayList<>();
        for (int b = 0; b < keys.size(); b++) {
            drafts.add(new PartialSequence(prompts.get(b), keys.get(b)));
        }
        if (!drafts.isEmpty()) {
            write(drafts, columns(prompts));
        }
        return drafts.stream().map(PartialSequence::completion).toList();
    }

    /** Maximum tokens of the longest sequence, without the last, which is not read. */
    private int columns(List<int[]> prompts) {
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(1);
        int positions = network.config().contextLength();
        if (longest + settings.maxNewTokens() > positions) {
            throw new RequestException(
                    ("Cannot complete a prompt of %d tokens: with max-new-tokens, %d, it is longer than the model's "
                                    + "context length, %d")
                            .formatted(longest, settings.maxNewTokens(), positions));
        }
        return longest + settings.maxNewTokens() - 1;
    }

    private void write(List<PartialSequence> drafts, int columns) {
        Deque<PartialSequence> waiting = new ArrayDeque<>(drafts);
        int slots = Math.min(mostRows, slots(network.config(), columns));
        int vocabulary = network.config().vocabulary();
        TokenDraw draw = new TokenDraw(settings, vocabulary, never);
        float[] logits = new float[Math.max(MIN_ROWS, slots) * vocabulary];
        List<Cohort> cohorts = new ArrayList<>();
        List<List<PartialSequence>> open = new ArrayList<>(); // of each cohort, in the order of its rows
        try (NDManager scope = network.scope(false);
                Prefixes prefixes = new Prefixes(
                        network,
                        scope,
                        drafts.stream().map(PartialSequence::prompt).toList())) {
            KeyValueCache cache = new KeyValueCache(cohorts);
            while (!cohorts.isEmpty() || !waiting.isEmpty()) {
                int free = slots - open.stream().mapToInt(List::size).sum();
                if (!waiting.isEmpty() && free >= Math.min(waiting.size(), Math.max(1, slots / COHORTS))) {
                    List<PartialSequence> joining = new ArrayList<>();
                    while (joining.size() < free && !waiting.isEmpty()) {
                        joining.add(waiting.remove());
                    }
                    cohorts.add(cohort(scope, joining, prefixes));
                    open.add(joining);
                }
                nextLogits(scope, open, cache, logits);
                int row = 0;
                for (List<PartialSequence> rows : open) {
                    for (PartialSequence draft : rows) {
                        int token = draw.draw(logits, row++ * vocabulary, draft.uniform());
                        draft.add(token, (float) draw.logProbability(), special.isEnd(token), settings.maxNewTokens());
                    }
                }
                removeFinished(cohorts, open);
            }
        }
    }

    private Cohort cohort(NDManager scope, List<PartialSequence> drafts, Prefixes prefixes) {
        int longest =
                drafts.stream().mapToInt(draft -> draft.prompt().length).max().orElseThrow();
        boolean staggered = drafts.stream().anyMatch(draft -> draft.prompt().length != longest);
        Cohort cohort =
                new Cohort(scope, network.config(), drafts.size(), longest + settings.maxNewTokens() - 1, staggered);
        cohort.advance(longest - 1);
        for (int row = 0; row < drafts.size(); row++) {
            prefixes.begin(cohort, row, drafts.get(row).prompt());
        }
        return cohort;
    }

    private void nextLogits(NDManager scope, List<List<PartialSequence>> open, KeyValueCache cache, float[] logits) {
        long[] last = open.stream()
                .flatMap(List::stream)
                .mapToLong(PartialSequence::last)
                .toArray();
        long[] ids = Arrays.copyOf(last, Math.max(MIN_ROWS, last.length));
        try (NDManager step = scope.newSubManager()) {
            NDArray read = step.create(ids, new Shape(ids.length, 1));
            Torch.read(network.logits(network.hidden(read, cache)), logits, 0);
        }
    }

    private static void removeFinished(List<Cohort> cohorts, List<List<PartialSequence>> open) {
        for (int k = cohorts.size() - 1; k >= 0; k--) {
            Cohort cohort = cohorts.get(k);
            List<PartialSequence> rows = open.get(k);
            for (int row = rows.size() - 1; row >= 0; row--) {
                if (!rows.get(row).open()) {
                    cohort.remove(row);
                    rows.set(row, rows.get(rows.size() - 1));
                    rows.remove(rows.size() - 1);
                }
            }
            if (rows.isEmpty()) {
                cohort.close();
                cohorts.remove(k);
                open.remove(k);
            }
        }
    }
}

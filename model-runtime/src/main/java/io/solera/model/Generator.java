package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.rl.RandomKey;
import io.solera.text.SpecialTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Samples sequences from a network, a micro-batch at a time: keys and values are cached, and finished sequences leave the batch.
 * Token t of a sequence is drawn with number t of that sequence's key, so what is drawn depends on the micro-batch alone.
 */
public final class Generator {
    /** Fewer rows than this take other code paths in the matrix products, whose last bits differ. */
    static final int MIN_ROWS = 8;

    private final Network network;
    private final SpecialTokens special;
    private final SamplingSettings settings;

    public Generator(Network network, SpecialTokens special, SamplingSettings settings) {
        if (settings.maxNewTokens() >= network.config().positions()) {
            throw new IllegalArgumentException("Invalid max-new-tokens: %d (must be below the model's n_positions, %d)"
                    .formatted(settings.maxNewTokens(), network.config().positions()));
        }
        this.network = network;
        this.special = special;
        this.settings = settings;
    }

    /** One sequence per key, each begun with the begin token. */
    public List<Completion> generate(List<RandomKey> keys) {
        return generate(Collections.nCopies(keys.size(), keys.isEmpty() ? new int[1] : special.noPrompt()), keys);
    }

    /**
     * One completion per key. All rows stand at the same position: what the prompts are long at least is read at once, the rest of a longer
     * one token by token, while shorter ones are being completed.
     *
     * @param prompts at least one token each
     */
    public List<Completion> generate(List<int[]> prompts, List<RandomKey> keys) {
        List<Draft> drafts = new ArrayList<>();
        for (int b = 0; b < keys.size(); b++) {
            drafts.add(new Draft(prompts.get(b), keys.get(b)));
        }
        if (drafts.isEmpty()) {
            return List.of();
        }
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(1);
        int shortest = prompts.stream().mapToInt(prompt -> prompt.length).min().orElse(1);
        int positions = network.config().positions();
        if (longest + settings.maxNewTokens() > positions) {
            throw new IllegalArgumentException(
                    "Cannot complete a prompt of %d tokens: with max-new-tokens, %d, it is longer than the model's %d positions"
                            .formatted(longest, settings.maxNewTokens(), positions));
        }
        // Rows past the asked ones only fill the batch up to MIN_ROWS.
        List<Draft> batch = new ArrayList<>(drafts);
        while (batch.size() < MIN_ROWS) {
            batch.add(new Draft(prompts.get(0), keys.get(0)));
        }
        int vocabulary = network.config().vocabulary();
        TokenDraw draw = new TokenDraw(settings, vocabulary);
        int capacity = longest + settings.maxNewTokens() - 1;
        try (NDManager scope = network.scope(false);
                KeyValueCache cache = new KeyValueCache(scope, network.config(), batch.size(), capacity)) {
            read(scope, batch, 0, shortest - 1, cache);
            for (int t = shortest - 1; anyOpen(drafts); t++) {
                dropFinished(batch, cache);
                float[] logits = nextLogits(scope, batch, t, cache);
                for (int row = 0; row < batch.size(); row++) {
                    Draft draft = batch.get(row);
                    if (draft.open && t >= draft.prompt.length - 1) {
                        int token = draw.draw(logits, row * vocabulary, draft.key.uniform(draft.length));
                        boolean end = special.isEnd(token);
                        draft.add(token, (float) draw.logProbability(), end, settings.maxNewTokens());
                    }
                }
            }
        }
        return drafts.stream().map(Draft::completion).toList();
    }

    /** Fills the cache with what all rows read from one position to another. */
    private void read(NDManager scope, List<Draft> batch, int from, int to, KeyValueCache cache) {
        if (from < to) {
            try (NDManager step = scope.newSubManager()) {
                network.hidden(ids(step, batch, from, to), cache);
            }
        }
    }

    private float[] nextLogits(NDManager scope, List<Draft> batch, int position, KeyValueCache cache) {
        try (NDManager step = scope.newSubManager()) {
            return Torch.read(network.logits(network.hidden(ids(step, batch, position, position + 1), cache)));
        }
    }

    private static NDArray ids(NDManager step, List<Draft> batch, int from, int to) {
        int width = to - from;
        long[] ids = new long[batch.size() * width];
        for (int k = 0; k < ids.length; k++) {
            ids[k] = batch.get(k / width).at(from + k % width);
        }
        return step.create(ids, new Shape(batch.size(), width));
    }

    /** Takes finished sequences out, down to {@link #MIN_ROWS}: the last of the batch moves to the place of one. */
    private static void dropFinished(List<Draft> batch, KeyValueCache cache) {
        for (int row = batch.size() - 1; row >= 0 && batch.size() > MIN_ROWS; row--) {
            if (!batch.get(row).open) {
                int last = batch.size() - 1;
                if (row < last) {
                    batch.set(row, batch.get(last));
                    cache.move(last, row);
                }
                batch.remove(last);
            }
        }
    }

    private static boolean anyOpen(List<Draft> drafts) {
        return drafts.stream().anyMatch(draft -> draft.open);
    }

    /** A sequence being written. */
    private static final class Draft {
        private final int[] prompt;
        private final RandomKey key;
        private int[] tokens = new int[32];
        private float[] logProbabilities = new float[32];
        private int length;
        private boolean open = true;
        private boolean ended;

        Draft(int[] prompt, RandomKey key) {
            this.prompt = prompt;
            this.key = key;
        }

        /** The token at a position; a finished sequence repeats its last one. */
        int at(int position) {
            return position < prompt.length ? prompt[position] : tokens[Math.min(position - prompt.length, length - 1)];
        }

        void add(int token, float logProbability, boolean end, int most) {
            if (length == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * length);
                logProbabilities = Arrays.copyOf(logProbabilities, 2 * length);
            }
            tokens[length] = token;
            logProbabilities[length] = logProbability;
            length++;
            ended = end;
            open = !end && length < most;
        }

        Completion completion() {
            return new Completion(Arrays.copyOf(tokens, length), Arrays.copyOf(logProbabilities, length), ended);
        }
    }
}

package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.rl.RandomKey;
import io.solera.text.SpecialTokens;
import java.util.ArrayList;
import java.util.Arrays;
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
        List<Draft> drafts = keys.stream().map(Draft::new).toList();
        // Rows past the asked ones only fill the batch up to MIN_ROWS.
        List<Draft> batch = new ArrayList<>(drafts);
        while (batch.size() < MIN_ROWS) {
            batch.add(new Draft(keys.isEmpty() ? new RandomKey(0) : keys.get(0)));
        }
        TokenDraw draw = new TokenDraw(settings, network.config().vocabulary());
        try (NDManager scope = network.scope(false);
                KeyValueCache cache =
                        new KeyValueCache(scope, network.config(), batch.size(), settings.maxNewTokens())) {
            for (int t = 0; t < settings.maxNewTokens() && anyOpen(drafts); t++) {
                dropFinished(batch, cache);
                float[] logits = nextLogits(scope, batch, cache);
                for (int row = 0; row < batch.size(); row++) {
                    Draft draft = batch.get(row);
                    if (draft.open) {
                        int token = draw.draw(logits, row * network.config().vocabulary(), draft.key.uniform(t));
                        draft.add(token, (float) draw.logProbability(), special.isEnd(token));
                    }
                }
            }
        }
        return drafts.stream().map(Draft::completion).toList();
    }

    private float[] nextLogits(NDManager scope, List<Draft> batch, KeyValueCache cache) {
        int begin = special.noPrompt()[0];
        long[] last = batch.stream().mapToLong(draft -> draft.last(begin)).toArray();
        try (NDManager step = scope.newSubManager()) {
            NDArray ids = step.create(last, new Shape(last.length, 1));
            return Torch.read(network.logits(network.hidden(ids, cache)));
        }
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
        private final RandomKey key;
        private int[] tokens = new int[32];
        private float[] logProbabilities = new float[32];
        private int length;
        private boolean open = true;
        private boolean ended;

        Draft(RandomKey key) {
            this.key = key;
        }

        int last(int begin) {
            return length == 0 ? begin : tokens[length - 1];
        }

        void add(int token, float logProbability, boolean end) {
            if (length == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * length);
                logProbabilities = Arrays.copyOf(logProbabilities, 2 * length);
            }
            tokens[length] = token;
            logProbabilities[length] = logProbability;
            length++;
            ended = end;
            open = !end;
        }

        Completion completion() {
            return new Completion(Arrays.copyOf(tokens, length), Arrays.copyOf(logProbabilities, length), ended);
        }
    }
}

package io.solera.reward.policy;

import io.solera.checkpoint.Policy;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.model.Sequence;
import io.solera.reward.BoundedCache;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.text.LengthBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How likely a text is under a frozen policy: the mean log-likelihood of its tokens in nats, including the end token,
 * or exp(-mean), its perplexity. Texts that cannot be tokenized, or are longer than the context, are invalid.
 */
public final class Fluency implements Reward {
    private static final int CACHED = 1 << 16;
    /** Sequences in one pass: enough to keep the processor busy, few enough for long ones. */
    private static final int ROWS = 64;

    private final Policy policy;
    private final boolean perplexity;
    private transient @Nullable BoundedCache<String, Score> values;

    public Fluency(Policy policy) {
        this(policy, false);
    }

    private Fluency(Policy policy, boolean perplexity) {
        this.policy = policy;
        this.perplexity = perplexity;
    }

    public static Fluency perplexity(Policy policy) {
        return new Fluency(policy, true);
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        BoundedCache<String, Score> known = values();
        Map<String, Score> scores = new HashMap<>();
        Map<String, int[]> open = new TreeMap<>();
        for (String text : texts) {
            if (text == null || scores.containsKey(text) || open.containsKey(text)) {
                continue;
            }
            Score score = known.find(text);
            int[] tokens = score == null
                    ? policy.tokenizer()
                            .findCompletion(text, policy.config().contextLength())
                            .orElse(null)
                    : null;
            if (tokens != null) {
                open.put(text, tokens);
            } else {
                scores.put(text, score == null ? Score.missing(Status.INVALID_INPUT) : score);
            }
        }
        evaluate(open).forEach((text, score) -> {
            known.put(text, score);
            scores.put(text, score);
        });
        List<Score> result = new ArrayList<>(texts.size());
        for (String text : texts) {
            Score score = text == null ? null : scores.get(text);
            result.add(score == null ? Score.missing(Status.INVALID_INPUT) : score);
        }
        return result;
    }

    /** Sequences of equal length are batched together, so that no row is padded because of another. */
    private Map<String, Score> evaluate(Map<String, int[]> open) {
        Map<String, Score> scores = new HashMap<>();
        if (open.isEmpty()) {
            return scores;
        }
        List<String> texts = List.copyOf(open.keySet());
        List<int[]> tokens = List.copyOf(open.values());
        try (NetworkPool.Lease lease = NetworkPool.lease(policy.config())) {
            lease.network().set(policy, policy.initial().whole());
            Likelihood likelihood =
                    new Likelihood(lease.network(), policy.tokenizer().special(), 1);
            for (int[] batch : LengthBatches.ofOneLength(tokens.size(), i -> tokens.get(i).length, ROWS)) {
                float[][] logs = likelihood.logProbabilities(Sequence.unprompted(
                        policy.tokenizer().special(),
                        Arrays.stream(batch).mapToObj(tokens::get).toList()));
                for (int row = 0; row < logs.length; row++) {
                    scores.put(texts.get(batch[row]), value(mean(logs[row])));
                }
            }
        }
        return scores;
    }

    private Score value(double mean) {
        return Score.of(perplexity ? StrictMath.exp(-mean) : mean);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private synchronized BoundedCache<String, Score> values() {
        if (values == null) {
            values = new BoundedCache<>(CACHED);
        }
        return values;
    }
}

package io.solera.score;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How long texts are, or how much longer than others; it counts how often each was scored in this JVM, and may break
 * down.
 */
record CountedLengths(int breaksAfter) implements Reward {
    static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Score> scores = new ArrayList<>();
        for (String text : texts) {
            scores.add(text == null ? Score.missing(Status.INVALID_INPUT) : score(text));
        }
        return scores;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts, List<@Nullable String> others) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            String other = others.get(i);
            scores.add(
                    text == null || other == null
                            ? Score.missing(Status.INVALID_INPUT)
                            : Score.of(text.length() - other.length()));
        }
        return scores;
    }

    private Score score(String text) {
        if (COUNTS.size() >= breaksAfter) {
            throw new IllegalStateException("Cannot score: the reward broke down");
        }
        COUNTS.computeIfAbsent(text, key -> new AtomicInteger()).incrementAndGet();
        return Score.of(text.length());
    }
}

package io.solera.score;

import io.solera.reward.Score;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Different inputs that are scored at once, column by column. */
final class KeyBatch {
    private final List<List<@Nullable String>> columns = new ArrayList<>();

    KeyBatch(int width) {
        for (int k = 0; k < width; k++) {
            columns.add(new ArrayList<>());
        }
    }

    int size() {
        return columns.get(0).size();
    }

    void add(List<@Nullable String> key) {
        for (int k = 0; k < columns.size(); k++) {
            columns.get(k).add(key.get(k));
        }
    }

    /**
     * Scores [reward][input].
     *
     * @param nanos by reward: the time it took is added
     */
    List<List<Score>> score(List<String> names, List<RewardColumn> rewards, long[] nanos) {
        List<List<Score>> scores = new ArrayList<>();
        for (int r = 0; r < rewards.size(); r++) {
            long begun = System.nanoTime();
            scores.add(rewards.get(r).score(names, columns));
            nanos[r] += System.nanoTime() - begun;
        }
        return scores;
    }
}

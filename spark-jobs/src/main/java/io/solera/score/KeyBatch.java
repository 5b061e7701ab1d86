package io.solera.score;

import io.solera.meter.Work;
import io.solera.reward.Score;
import io.solera.reward.WorkTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Distinct inputs that are scored together, column by column. */
final class KeyBatch {
    /** Inputs that are scored together: several batches of a network, so that incomplete ones are rare. */
    static final int SIZE = 256;

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
     * @param nanos by reward; adds the processor time, or the waiting time of an external reward
     */
    List<List<Score>> score(List<String> names, List<RewardColumn> rewards, long[] nanos) {
        List<List<Score>> scores = new ArrayList<>();
        Work.SCORED.add(size());
        for (int r = 0; r < rewards.size(); r++) {
            RewardColumn reward = rewards.get(r);
            boolean waits = reward.outside();
            long start = waits ? System.nanoTime() : WorkTime.nanos();
            scores.add(reward.score(names, columns));
            nanos[r] += (waits ? System.nanoTime() : WorkTime.nanos()) - start;
        }
        return scores;
    }
}

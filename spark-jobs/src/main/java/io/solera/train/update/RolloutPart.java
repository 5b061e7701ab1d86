package io.solera.train.update;

import io.solera.model.Sequence;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Some samples of a rollout, which a task passes through networks together.
 *
 * @param index among the rollout's parts
 * @param underPolicy whether the policy before the step passes over them, too, for their log-probabilities; else these
 *     are known from when the samples were drawn
 */
record RolloutPart(int index, List<Sequence> sequences, boolean underPolicy) implements Serializable {
    RolloutPart {
        sequences = List.copyOf(sequences);
    }

    /**
     * The parts of a rollout.
     *
     * @param size of a part, in samples
     * @param known how many samples, the first ones, need no pass of the policy
     */
    static List<RolloutPart> of(List<Sequence> rollout, int size, int known) {
        List<RolloutPart> parts = new ArrayList<>();
        for (int start = 0; start < rollout.size(); start += size) {
            int end = Math.min(rollout.size(), start + size);
            parts.add(new RolloutPart(parts.size(), rollout.subList(start, end), end > known));
        }
        return parts;
    }
}

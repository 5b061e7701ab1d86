package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import io.solera.rl.Setting;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Which M of the N rewards train in a round: a uniform subset, drawn for every round anew (Ghari et al., NeurIPS 2025).
 *
 * @param expertsPerRound M; 0, or N and more, for all
 */
public record ExpertSampling(int expertsPerRound) implements Serializable {
    public ExpertSampling {
        Setting.atLeast("experts-per-round", expertsPerRound, 0);
    }

    /** The places of the sampled rewards among {@code rewards}, in ascending order. */
    public int[] sample(int rewards, RandomKey run, long round) {
        int[] order = run.with("experts").with(round).permutation(rewards);
        int count = expertsPerRound == 0 ? rewards : Math.min(expertsPerRound, rewards);
        int[] sampled = Arrays.copyOf(order, count);
        Arrays.sort(sampled);
        return sampled;
    }
}

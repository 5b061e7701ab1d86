package io.solera.score;

import io.solera.config.RewardSettings;
import io.solera.reward.catalogue.RewardCalls;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rewards that a user lists, with the settings of a job. */
public final class RewardList {
    private RewardList() {}

    /**
     * By the names of their columns, see {@link RewardCalls}.
     *
     * @throws IllegalArgumentException naming the reward or argument that is wrong, and the nearest known
     */
    public static Map<String, RewardSettings> parse(String text) {
        Map<String, RewardSettings> rewards = new LinkedHashMap<>();
        RewardCalls.parse(text)
                .forEach((column, call) -> rewards.put(column, new RewardSettings(call.text(), 1, null, null, null)));
        return rewards;
    }
}

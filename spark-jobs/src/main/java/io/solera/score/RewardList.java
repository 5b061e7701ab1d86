package io.solera.score;

import io.solera.config.RewardSettings;
import io.solera.reward.catalogue.RewardCalls;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rewards listed by a user, with the settings of a job. */
public final class RewardList {
    private RewardList() {}

    /**
     * By column name, see {@link RewardCalls}.
     *
     * @throws IllegalArgumentException naming the invalid reward or argument, and the nearest known one
     */
    public static Map<String, RewardSettings> parse(String text) {
        Map<String, RewardSettings> rewards = new LinkedHashMap<>();
        RewardCalls.parse(text).forEach((column, call) -> rewards.put(column, RewardSettings.of(call.text())));
        return rewards;
    }
}

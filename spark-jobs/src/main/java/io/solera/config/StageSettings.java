package io.solera.config;

import io.solera.problem.SettingException;
import io.solera.rl.Setting;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run that trains on some of the job's rewards (REINVENT's staged learning).
 *
 * @param name of the stage; absent: its number
 * @param rewards names out of the job's rewards
 * @param minRounds before the target counts; absent: 1
 * @param maxRounds after which the stage ends in any case
 * @param target the score on a round's evaluation that ends the stage; absent: none
 */
public record StageSettings(
        @Nullable String name,
        List<String> rewards,
        @Nullable Integer minRounds,
        int maxRounds,
        @Nullable Double target)
        implements Serializable {
    public StageSettings {
        rewards = List.copyOf(rewards);
        if (rewards.isEmpty() || Set.copyOf(rewards).size() < rewards.size()) {
            throw new SettingException("rewards", rewards, "must name at least one, each once");
        }
        Setting.atLeastOne("max-rounds", maxRounds);
        if (minRounds != null && (minRounds < 1 || minRounds > maxRounds)) {
            throw new SettingException(
                    "min-rounds", minRounds, "must be from 1 to max-rounds, %d".formatted(maxRounds));
        }
        if (target != null && !(target > 0 && target <= 1)) {
            throw new SettingException("target", target, "must be above 0 and at most 1");
        }
    }

    /** Refuses rewards to observe that the job does not have, or trains on in spite of that. */
    static void checkObserved(
            List<String> observe, String method, Map<String, RewardSettings> all, List<StageSettings> stages) {
        for (String name : observe) {
            RewardSettings reward = all.get(name);
            if (reward == null || Collections.frequency(observe, name) > 1) {
                throw new SettingException(
                        "observe", name, "must be names out of rewards, each once: %s".formatted(all.keySet()));
            }
            if (reward.atLeast() != null || reward.atMost() != null) {
                throw new SettingException(
                        "observe",
                        name,
                        "must have no at-least or at-most: a success is what the rewards that are trained on say");
            }
            boolean staged = stages.stream().anyMatch(stage -> stage.rewards().contains(name));
            boolean single = Method.of(method) == Method.SINGLE
                    && Method.trained(method, all.keySet()).contains(name);
            if (staged || single) {
                throw new SettingException(
                        "observe",
                        name,
                        "must not be a reward that %s trains on".formatted(staged ? "a stage" : method));
            }
        }
    }

    /** Refuses a job in which no reward that is trained on counts. */
    static void checkWeights(List<String> observe, Map<String, RewardSettings> all) {
        boolean some = all.entrySet().stream()
                .anyMatch(reward ->
                        !observe.contains(reward.getKey()) && reward.getValue().weight() > 0);
        if (!all.isEmpty() && !some) {
            throw new SettingException(
                    "rewards", String.join(", ", all.keySet()), "must have a weight above 0 among them");
        }
    }

    /** Refuses what the job does not have; {@code key} is where the stage is in it. */
    void check(String key, Map<String, RewardSettings> all, EvaluationSettings evaluation) {
        double weights = 0;
        for (String name : rewards) {
            RewardSettings reward = all.get(name);
            if (reward == null) {
                throw new SettingException(
                        key + ".rewards", name, "must be names out of rewards: %s".formatted(all.keySet()));
            }
            weights += reward.weight();
        }
        if (!(weights > 0)) {
            throw new SettingException(key + ".rewards", rewards, "must have weights above 0");
        }
        if (target != null && evaluation.roundSamples() == 0) {
            throw new SettingException(key + ".target", target, "must be absent where evaluation.round-samples is 0");
        }
    }
}

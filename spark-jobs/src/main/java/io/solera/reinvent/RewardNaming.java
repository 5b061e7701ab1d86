package io.solera.reinvent;

import io.solera.config.RewardField;
import io.solera.config.RewardNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The rewards of a job under names that a job may have: one for each content, however often a stage asks for it. */
final class RewardNaming {
    private final Map<String, Map<String, Object>> rewards = new LinkedHashMap<>();
    private final Set<String> reserved = RewardNames.reserved().keySet();

    /** @return the name of the reward, which is made of what the configuration calls it */
    String add(String title, Map<String, Object> content) {
        for (Map.Entry<String, Map<String, Object>> reward : rewards.entrySet()) {
            if (reward.getValue().equals(content)) {
                return reward.getKey();
            }
        }
        String letters =
                title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[^a-z]+|_+$", "");
        String wanted = letters.isEmpty() ? "reward" : letters;
        String name = wanted;
        for (int k = 1; !free(name); k++) {
            name = wanted + (k == 1 && taken(wanted).isEmpty() ? "_reward" : "_" + (k + 1));
        }
        rewards.put(name, content);
        return name;
    }

    Map<String, Map<String, Object>> all() {
        return rewards;
    }

    private boolean free(String name) {
        List<String> columns = RewardField.allOf(name);
        return columns.stream().noneMatch(reserved::contains) && taken(name).isEmpty();
    }

    /** The rewards that have a column of the same name. */
    private List<String> taken(String name) {
        List<String> columns = RewardField.allOf(name);
        return rewards.keySet().stream()
                .filter(other ->
                        columns.contains(other) || RewardField.allOf(other).contains(name))
                .toList();
    }
}

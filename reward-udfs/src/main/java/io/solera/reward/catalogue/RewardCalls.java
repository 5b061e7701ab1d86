package io.solera.reward.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rewards as a user lists them: {@code qed,sa,similarity(reference='CC, N')}; a comma inside parentheses or quotes does not split. */
public final class RewardCalls {
    private RewardCalls() {}

    /**
     * By the names of their columns: the catalogue's, or the text of the call where a name occurs more than once.
     *
     * @throws IllegalArgumentException naming the reward or argument that is wrong, and the nearest known
     */
    public static Map<String, RewardCall> parse(String text) {
        List<RewardCall> calls = split(text).stream().map(RewardCall::parse).toList();
        Map<String, RewardCall> rewards = new LinkedHashMap<>();
        for (RewardCall call : calls) {
            RewardCatalogue.check(call);
            if (calls.indexOf(call) != calls.lastIndexOf(call)) {
                throw new IllegalArgumentException("Invalid rewards: %s is named twice".formatted(call.text()));
            }
            boolean only = calls.stream()
                            .filter(other -> other.name().equals(call.name()))
                            .count()
                    == 1;
            String name = only ? call.name() : words(call.text());
            String column = name;
            for (int number = 2; rewards.containsKey(column); number++) {
                column = name + "_" + number;
            }
            rewards.put(column, call);
        }
        return rewards;
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int begin = 0;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')') {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                parts.add(text.substring(begin, k));
                begin = k + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private static String words(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    }
}

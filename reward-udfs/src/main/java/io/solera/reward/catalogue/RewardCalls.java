package io.solera.reward.catalogue;

import io.solera.lang.Sha256;
import io.solera.problem.RequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rewards as listed by a user: {@code qed,sa,similarity(reference='CC, N') AS near}; a comma inside parentheses or
 * quotes does not split.
 */
public final class RewardCalls {
    private static final Pattern NAMED =
            Pattern.compile("(.*[)\\s])(?i:as)\\s+([A-Za-z_][A-Za-z0-9_.-]*)\\s*", Pattern.DOTALL);
    private static final Pattern AS = Pattern.compile(".*[)\\s](?i:as)\\s+([^\\s()']*)\\s*", Pattern.DOTALL);
    private static final int HASH = 6;

    private RewardCalls() {}

    /** @param name given by the user; null: named by its call */
    private record Named(RewardCall call, @Nullable String name) {
        static Named parse(String text) {
            Matcher named = NAMED.matcher(text);
            if (named.matches()) {
                return new Named(RewardCall.parse(named.group(1)), named.group(2));
            }
            Matcher odd = AS.matcher(text);
            if (odd.matches()) {
                throw new RequestException(
                        ("Invalid name of a reward: %s (must be letters, digits, _ . - after AS, and start with a "
                                        + "letter)")
                                .formatted(odd.group(1)));
            }
            return new Named(RewardCall.parse(text), null);
        }
    }

    /**
     * By column name: the name after {@code AS}, else the catalogue's, or the text of the call if a name occurs more
     * than once. If the texts of calls are equal as names, ignoring case, each gets a hash suffix that does not depend
     * on the order of the list.
     *
     * @throws IllegalArgumentException naming the invalid reward or argument, and the nearest known one
     */
    public static Map<String, RewardCall> parse(String text) {
        List<Named> all = split(text).stream().map(Named::parse).toList();
        List<String> names = all.stream().map(one -> name(one, all)).toList();
        Map<String, Integer> often = new HashMap<>();
        for (int k = 0; k < all.size(); k++) {
            if (all.get(k).name == null) {
                often.merge(names.get(k).toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
        Map<String, RewardCall> rewards = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (int k = 0; k < all.size(); k++) {
            Named one = all.get(k);
            RewardCatalogue.check(one.call);
            if (all.indexOf(one) != all.lastIndexOf(one) && one.name == null) {
                throw new RequestException("Invalid rewards: %s is named twice".formatted(one.call.text()));
            }
            boolean alone = one.name != null || often.getOrDefault(names.get(k).toLowerCase(Locale.ROOT), 0) == 1;
            String column = alone
                    ? names.get(k)
                    : names.get(k) + "_" + Sha256.of(one.call.text()).substring(0, HASH);
            if (!taken.add(column.toLowerCase(Locale.ROOT))) {
                throw new RequestException("Invalid rewards: two are called %s (give one another name: %s AS NAME)"
                        .formatted(column, one.call.text()));
            }
            rewards.put(column, one.call);
        }
        for (String column : rewards.keySet()) {
            if (taken.contains(column.toLowerCase(Locale.ROOT) + "_status")) {
                throw new RequestException(
                        ("Invalid rewards: one is called %s_status (must not be: that is the column of the status of "
                                        + "%s; name it by AS)")
                                .formatted(column, column));
            }
        }
        return rewards;
    }

    private static String name(Named one, List<Named> all) {
        if (one.name != null) {
            return one.name;
        }
        long often = all.stream()
                .filter(other -> other.name == null && other.call.name().equals(one.call.name()))
                .count();
        return often == 1 ? one.call.name() : words(one.call.text());
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

package io.solera.config;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import io.solera.rl.measure.Aggregate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which names rewards may have: their columns must differ from each other, from those that each sample has, and from
 * the names of learners and metrics; capitals are refused, since Spark does not distinguish columns by them. A reward
 * may always be called as the catalogue calls it; what a run writes under that name is then called otherwise.
 */
public final class RewardNames {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Set<String> CATALOGUE =
            RewardCatalogue.ENTRIES.stream().map(RewardEntry::name).collect(Collectors.toUnmodifiableSet());

    private RewardNames() {}

    /** The column of an aggregate of all shaped rewards, by its name in small letters. */
    public static String aggregate(String name) {
        return "aggregate_" + name;
    }

    /** Names that no reward may have, and no column of one, with what they are. */
    public static Map<String, String> reserved() {
        Map<String, String> reserved = new LinkedHashMap<>();
        for (RunName name : RunName.values()) {
            if (!CATALOGUE.contains(name.text())) {
                reserved.put(name.text(), name.meaning());
            }
        }
        for (Aggregate aggregate : Aggregate.values()) {
            reserved.put(aggregate(aggregate.name().toLowerCase(Locale.ROOT)), "a column of an evaluation's samples");
        }
        for (RunName learner : new RunName[] {RunName.POLICY, RunName.SCALARISED}) {
            RewardField.allOf(learner.text())
                    .forEach(column -> reserved.putIfAbsent(column, "a column of the learner " + learner.text()));
        }
        return reserved;
    }

    /** @throws RequestException when a name cannot be used, with the reason and another name */
    static void check(Map<String, RewardSettings> rewards) {
        rewards.forEach((name, settings) -> {
            if (!NAME.matcher(name).matches()) {
                throw new RequestException(
                        ("Invalid rewards: %s (must be names of small letters, digits and underscores,"
                                        + " as Spark does not tell columns apart by capitals;"
                                        + " such as %s: {function: \"...\"})")
                                .formatted(name, suggested(name)));
            }
            settings.checkAs(name);
        });
        Map<String, String> reserved = reserved();
        rewards.forEach((name, settings) -> {
            for (RewardField column : RewardField.values()) {
                String meaning = reserved.get(column.of(name));
                if (meaning != null) {
                    throw refused(
                            name,
                            settings,
                            (column == RewardField.RAW ? "it is " : column.of(name) + " is ") + meaning);
                }
                RewardSettings other = rewards.get(column.of(name));
                if (other != null && column != RewardField.RAW) {
                    throw refused(column.of(name), other, "it is a column of the reward " + name);
                }
            }
        });
    }

    private static RequestException refused(String name, RewardSettings settings, String why) {
        return new RequestException("Invalid rewards.%s: %s (must have another name, such as %s: {%s: \"%s\"})"
                .formatted(
                        name,
                        why,
                        suggested(name),
                        settings.sql() == null ? "function" : "sql",
                        settings.definition(name).replace("\\", "\\\\").replace("\"", "\\\"")));
    }

    private static String suggested(String name) {
        String letters =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^[^a-z]+|_$", "");
        return letters.isEmpty() ? "reward" : letters + "_reward";
    }
}

package io.solera.reward.catalogue;

import io.solera.lang.Nearest;
import io.solera.reward.Reward;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rewards that a job can name. Entries create their reward on demand, so that a rule-based reward loads no native
 * library.
 */
public final class RewardCatalogue {
    public static final List<Group> GROUPS = List.of(
            new Group("Molecules", MoleculeEntries.ALL),
            new Group("Proteins", ProteinEntries.ALL),
            new Group("DNA", DnaEntries.ALL),
            new Group("Text", TextEntries.ALL),
            new Group("Learned", LearnedEntries.ALL),
            new Group("Policies", PolicyEntries.ALL),
            new Group("Outside", OutsideEntries.ALL));

    public static final List<RewardEntry> ENTRIES =
            GROUPS.stream().flatMap(group -> group.entries().stream()).toList();

    private RewardCatalogue() {}

    /** @throws IllegalArgumentException naming the nearest known reward */
    public static RewardEntry entry(String name) {
        for (RewardEntry entry : ENTRIES) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        List<String> names = ENTRIES.stream().map(RewardEntry::name).toList();
        throw new IllegalArgumentException("Invalid reward: %s (must be one of 'solera rewards'; nearest: %s)"
                .formatted(name, Nearest.of(name, names).orElseThrow()));
    }

    /** Whether a reward runs in another process, or on another machine. */
    public static boolean isOutside(String name) {
        return OutsideEntries.ALL.stream().anyMatch(entry -> entry.name().equals(name));
    }

    /** Whether a reward was learned from examples, and knows a sample's similarity to them. */
    public static boolean isLearned(String name) {
        return LearnedEntries.ALL.stream().anyMatch(entry -> entry.name().equals(name));
    }

    /** Checks a call without creating its reward. */
    public static RewardEntry check(RewardCall call) {
        RewardEntry entry = entry(call.name());
        arguments(entry, call);
        return entry;
    }

    /**
     * @throws IllegalArgumentException if the name or an argument is not in the catalogue
     * @throws IOException if a model or table cannot be read
     */
    public static Reward create(RewardCall call, Resources resources) throws IOException {
        RewardEntry entry = entry(call.name());
        return entry.maker().make(arguments(entry, call), resources);
    }

    private static Map<String, String> arguments(RewardEntry entry, RewardCall call) {
        List<String> known = entry.arguments().stream().map(Argument::name).toList();
        for (String given : call.arguments().keySet()) {
            if (!known.contains(given)) {
                throw new IllegalArgumentException("Invalid argument: %s of %s (%s)"
                        .formatted(
                                given,
                                call,
                                known.isEmpty()
                                        ? entry.name() + " takes none"
                                        : "must be one of %s; nearest: %s"
                                                .formatted(
                                                        String.join(", ", known),
                                                        Nearest.of(given, known).orElseThrow())));
            }
        }
        Map<String, String> filled = new LinkedHashMap<>();
        for (Argument argument : entry.arguments()) {
            String value = call.arguments().getOrDefault(argument.name(), argument.otherwise());
            if (value == null) {
                throw new IllegalArgumentException("Invalid reward: %s (%s must be given, as in %s)"
                        .formatted(call, argument.name(), entry.example()));
            }
            filled.put(argument.name(), value);
        }
        return filled;
    }
}

package io.solera.reward.sql;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.Argument;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The constants of an SQL function as the arguments of a reward: values in the catalogue's order; the last may be a
 * list such as {@code 'model=gsk3, domain=ceiling'}, which is recognised by its start: a lower-case word and an equals
 * sign.
 */
final class SqlArguments {
    private static final Pattern NAMED = Pattern.compile("\\s*([a-z]+(?:-[a-z]+)*)\\s*=(?s:.*)");
    private static final Pattern FIRST_WORD = Pattern.compile("\\s*([\\w-]+)\\s*=(?s:.*)");

    private SqlArguments() {}

    /** The arguments that can be given by constants, in order: the text to compare with is a separate expression. */
    static List<String> names(RewardEntry entry) {
        return entry.arguments().stream()
                .map(Argument::name)
                .filter(name -> !entry.pairs() || !ofPairs(name))
                .toList();
    }

    /** @throws IllegalArgumentException with the catalogue's message */
    static RewardCall call(RewardEntry entry, List<String> constants) {
        List<String> names = names(entry);
        Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 0; i < constants.size(); i++) {
            String constant = constants.get(i);
            if (i == constants.size() - 1 && named(constant, names)) {
                add(arguments, RewardCall.parse("%s(%s)".formatted(entry.name(), constant)), entry);
            } else if (i < names.size()) {
                arguments.put(names.get(i), constant);
            } else {
                throw new RequestException("Invalid arguments: %d for %s (%s)"
                        .formatted(
                                constants.size(),
                                entry.name(),
                                names.isEmpty() ? "it takes none" : "it takes " + String.join(", ", names)));
            }
        }
        if (entry.pairs()) {
            arguments.put(RewardEntry.REFERENCE_COLUMN, RewardEntry.REFERENCE);
        }
        RewardCall call = new RewardCall(entry.name(), arguments);
        RewardCatalogue.check(call);
        return call;
    }

    private static void add(Map<String, String> arguments, RewardCall named, RewardEntry entry) {
        List<String> again = new ArrayList<>(arguments.keySet());
        again.retainAll(named.arguments().keySet());
        if (!again.isEmpty()) {
            throw new RequestException(
                    "Invalid reward: %s (argument %s is given twice)".formatted(named, again.get(0)));
        }
        if (entry.pairs()) {
            named.arguments().keySet().stream().filter(SqlArguments::ofPairs).forEach(name -> {
                throw new RequestException(
                        "Invalid argument: %s of %s (in SQL the second parameter of %s is the text to compare with)"
                                .formatted(name, named, entry.name()));
            });
        }
        arguments.putAll(named.arguments());
    }

    private static boolean named(String constant, List<String> names) {
        Matcher word = FIRST_WORD.matcher(constant);
        return NAMED.matcher(constant).matches() || (word.matches() && names.contains(word.group(1)));
    }

    private static boolean ofPairs(String name) {
        return name.equals(RewardEntry.REFERENCE) || name.equals(RewardEntry.REFERENCE_COLUMN);
    }
}

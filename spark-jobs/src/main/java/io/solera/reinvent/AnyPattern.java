package io.solera.reinvent;

import io.solera.problem.RequestException;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.molecule.smarts.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Several SMARTS patterns as one, {@code [$(A),$(B)]}: an atom that begins one of them. Patterns that cannot be read
 * are left out, as by REINVENT.
 */
final class AnyPattern {
    /** Of one pattern; the catalogue takes 2,000. */
    private static final int CHARACTERS = 1900;

    private AnyPattern() {}

    /** Whether any of the {@code smarts} is in a molecule; more than fit into one pattern are several rewards. */
    static List<String> filters(Section parameters, List<Note> notes) {
        List<String> calls = new ArrayList<>();
        List<String> together = new ArrayList<>();
        int length = 0;
        for (String smarts : readable(parameters, notes)) {
            if (length + smarts.length() > CHARACTERS && !together.isEmpty()) {
                calls.add(call(together));
                together.clear();
                length = 0;
            }
            together.add(smarts);
            length += smarts.length() + "$(),".length();
        }
        if (!together.isEmpty()) {
            calls.add(call(together));
        }
        return calls;
    }

    /** The same as one reward; none where they are too long for that. */
    static List<String> one(Section parameters, List<Note> notes) {
        List<String> calls = filters(parameters, notes);
        return calls.size() == 1 ? calls : List.of();
    }

    private static List<String> readable(Section parameters, List<Note> notes) {
        List<String> readable = new ArrayList<>();
        for (String smarts : parameters.texts("smarts")) {
            try {
                Patterns.of(List.of("[$(" + smarts + ")]"));
                readable.add(smarts);
            } catch (RequestException e) {
                notes.add(new Note(parameters.path("smarts"), "%s is left out: %s".formatted(smarts, e.getMessage())));
            }
        }
        return readable;
    }

    private static String call(List<String> smarts) {
        String one = smarts.size() == 1 ? smarts.get(0) : "[$(" + String.join("),$(", smarts) + ")]";
        return new RewardCall("substructure", Map.of("smarts", one)).text();
    }
}

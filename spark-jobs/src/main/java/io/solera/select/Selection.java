package io.solera.select;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The best candidates, without duplicates.
 *
 * @param seen candidates examined until there were enough
 * @param invalid of these, invalid molecules in a run of molecules
 * @param repeated of these, duplicates of a better or earlier one
 * @param near of these, too similar to a better one
 */
record Selection(List<Candidate> chosen, long seen, long invalid, long repeated, long near) {
    Selection {
        chosen = List.copyOf(chosen);
    }

    /** @param candidates best first */
    static Selection of(Iterator<Candidate> candidates, Kind kind, Diversity diversity, int top) {
        List<Candidate> chosen = new ArrayList<>();
        Set<List<String>> known = new HashSet<>();
        long seen = 0;
        long invalid = 0;
        long repeated = 0;
        long near = 0;
        while (chosen.size() < top && candidates.hasNext()) {
            Candidate candidate = candidates.next();
            seen++;
            String key = kind.key(candidate.text());
            if (key == null) {
                invalid++;
            } else if (!known.add(List.of(key, kind.molecules() ? "" : String.valueOf(candidate.prompt())))) {
                repeated++;
            } else if (!diversity.adds(candidate.text())) {
                near++;
            } else {
                chosen.add(candidate);
            }
        }
        return new Selection(chosen, seen, invalid, repeated, near);
    }

    /** The rejected candidates, a line per reason. */
    List<String> leftOut() {
        List<String> lines = new ArrayList<>();
        if (invalid > 0) {
            lines.add("  %,d: not a molecule".formatted(invalid));
        }
        if (repeated > 0) {
            lines.add("  %,d: the same as an earlier one".formatted(repeated));
        }
        if (near > 0) {
            lines.add("  %,d: too similar to a better one (--diverse)".formatted(near));
        }
        return lines;
    }
}

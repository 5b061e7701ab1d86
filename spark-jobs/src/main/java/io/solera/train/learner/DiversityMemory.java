package io.solera.train.learner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a diversity filter has met, in the order in which it did.
 *
 * @param molecules by canonical SMILES
 * @param buckets how many of them fell into each, by scaffold
 */
public record DiversityMemory(Set<String> molecules, Map<String, Integer> buckets) {
    public static final DiversityMemory EMPTY = new DiversityMemory(Set.of(), Map.of());

    public DiversityMemory {
        molecules = Collections.unmodifiableSet(new LinkedHashSet<>(molecules));
        buckets = Collections.unmodifiableMap(new LinkedHashMap<>(buckets));
    }

    boolean isEmpty() {
        return molecules.isEmpty();
    }

    /** How many buckets hold at least this many. */
    int full(int size) {
        return (int) buckets.values().stream().filter(count -> count >= size).count();
    }
}

package io.solera.reward.molecule.descriptor;

import io.solera.reward.molecule.fingerprint.Morgan;
import io.solera.reward.molecule.graph.Molecule;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts the circular fragments of molecules into a table for {@link SaScore}; parts counted apart can be merged. */
public final class SaFragmentCounter implements Serializable {
    private static final double COMMON = 0.8;

    private final Map<Integer, Integer> counts = new HashMap<>();

    public void add(Molecule molecule) {
        for (int id : Morgan.ids(molecule)) {
            counts.merge(id, 1, Integer::sum);
        }
    }

    public SaFragmentCounter merge(SaFragmentCounter other) {
        other.counts.forEach((id, count) -> counts.merge(id, count, Integer::sum));
        return this;
    }

    public int size() {
        return counts.size();
    }

    /** @param least fragments with fewer occurrences are left out */
    public SaFragments toTable(int least) {
        if (counts.isEmpty()) {
            throw new IllegalStateException("Cannot make a table of SA fragments: no molecule was counted");
        }
        int[] ids = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .mapToInt(entry -> entry.getKey() ^ Integer.MIN_VALUE)
                .sorted()
                .map(id -> id ^ Integer.MIN_VALUE)
                .toArray();
        int[] kept = Arrays.stream(ids).map(id -> counts.getOrDefault(id, 0)).toArray();
        return SaFragments.counted(ids, kept, n80(), 1, 0);
    }

    private double n80() {
        int[] sorted =
                counts.values().stream().mapToInt(Integer::intValue).sorted().toArray();
        long total = Arrays.stream(sorted).asLongStream().sum();
        long covered = 0;
        int fragments = 0;
        for (int i = sorted.length - 1; i >= 0 && covered < COMMON * total; i--) {
            covered += sorted[i];
            fragments++;
        }
        return fragments;
    }
}

package io.solera.reward.alignment;

import io.solera.reward.Status;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Families of chains by greedy incremental clustering (W. Li and A. Godzik, Bioinformatics 22, 1658, 2006): from the
 * longest to the shortest each chain joins the first representative with which its global alignment has a given
 * identity, or represents a new family.
 */
public final class Clusters {
    private Clusters() {}

    /**
     * The representative of each chain; a text that cannot be aligned ({@link Chain#status}) is a family of its own.
     *
     * @param identity in (0, 1]
     */
    public static List<String> of(List<String> texts, double identity) {
        List<String> longestFirst = texts.stream()
                .distinct()
                .filter(text -> Chain.status(text) == Status.OK)
                .sorted(Comparator.comparingInt(text -> -Chain.canonical(text).length()))
                .toList();
        Map<String, Chain> representatives = new LinkedHashMap<>();
        Map<String, String> families = new HashMap<>();
        for (String text : longestFirst) {
            Chain chain = Chain.of(text);
            String family = representatives.entrySet().stream()
                    .filter(one -> alike(chain, one.getValue(), identity))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(text);
            representatives.putIfAbsent(family, chain);
            families.put(text, family);
        }
        return texts.stream().map(text -> families.getOrDefault(text, text)).toList();
    }

    /** No alignment has more identical pairs than the shorter chain has residues. */
    private static boolean alike(Chain chain, Chain longer, double identity) {
        return chain.length() >= identity * longer.length()
                && Alignment.global(chain, longer).identity() >= identity;
    }
}

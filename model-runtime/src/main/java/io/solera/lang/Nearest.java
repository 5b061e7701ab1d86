package io.solera.lang;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name with the smallest edit distance to a misspelt one (Levenshtein 1966); the first of several. */
public final class Nearest {
    private Nearest() {}

    public static Optional<String> of(String name, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(other -> distance(name, other)));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

package io.solera.reward.catalogue;

import java.util.List;

/** The known word with the smallest Levenshtein distance to an unknown one; the first of several. */
final class Nearest {
    private Nearest() {}

    static String of(String word, List<String> known) {
        String best = known.get(0);
        for (String candidate : known) {
            if (edits(word, candidate) < edits(word, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}

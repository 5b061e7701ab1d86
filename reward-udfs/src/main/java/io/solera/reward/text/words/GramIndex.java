package io.solera.reward.text.words;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The n-grams of some texts for n up to an order, each with the most times that any of the texts has it. */
public final class GramIndex {
    /** The text to leave out, when none is. */
    public static final int ALL = -1;

    private final int order;
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final Grams grams = new Grams();
    private int[] most = {};
    private int[] holder = {};
    /** The most times that a text other than the holder has it. */
    private int[] second = {};

    public GramIndex(List<String[]> texts, int order) {
        this.order = order;
        for (int t = 0; t < texts.size(); t++) {
            add(texts.get(t), t);
        }
    }

    private void add(String[] text, int number) {
        int[] tokens = new int[text.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = vocabulary.computeIfAbsent(text[i], token -> vocabulary.size());
        }
        int[][] found = grams.add(tokens, order);
        if (grams.size() > most.length) {
            int room = Math.max(grams.size(), 2 * most.length);
            most = Arrays.copyOf(most, room);
            holder = Arrays.copyOf(holder, room);
            second = Arrays.copyOf(second, room);
        }
        for (int[] row : found) {
            Arrays.sort(row);
            for (int i = 0; i < row.length; ) {
                int gram = row[i];
                int end = end(row, i);
                if (end - i > most[gram]) {
                    second[gram] = most[gram];
                    most[gram] = end - i;
                    holder[gram] = number;
                } else {
                    second[gram] = Math.max(second[gram], end - i);
                }
                i = end;
            }
        }
    }

    /** The token's number, {@link Grams#NONE} if no text has it. */
    int token(String token) {
        return vocabulary.getOrDefault(token, Grams.NONE);
    }

    int[] tokens(String[] text) {
        return Arrays.stream(text).mapToInt(this::token).toArray();
    }

    /**
     * How many n-grams of a text the index has, at n - 1; each counts at most as often as one of the texts has it.
     *
     * @param without the number of a text to leave out, or {@link #ALL}
     */
    public int[] matches(String[] text, int without) {
        int[][] found = grams.find(tokens(text), order);
        int[] matches = new int[order];
        for (int n = 0; n < order; n++) {
            int[] row = found[n];
            Arrays.sort(row);
            int i = 0;
            while (i < row.length && row[i] == Grams.NONE) {
                i++;
            }
            while (i < row.length) {
                int end = end(row, i);
                int bound = holder[row[i]] == without ? second[row[i]] : most[row[i]];
                matches[n] += Math.min(end - i, bound);
                i = end;
            }
        }
        return matches;
    }

    private static int end(int[] row, int start) {
        int end = start;
        while (end < row.length && row[end] == row[start]) {
            end++;
        }
        return end;
    }
}

package io.solera.reward.text.words;

import java.util.Arrays;

/**
 * Numbers for n-grams, from 0 in the order of their first sight. An n-gram is known by the number of its first n - 1 tokens and by
 * its last token, so that equal numbers mean equal n-grams, without a chance of collision.
 */
public final class Grams {
    /** The number of the empty n-gram, and of one that is not known. */
    static final int NONE = -1;

    private long[] keys = new long[64];
    private int[] numbers = new int[64];
    private int size;

    public Grams() {
        Arrays.fill(numbers, NONE);
    }

    public int size() {
        return size;
    }

    /** The number of an n-gram, {@link #NONE} if it has not been added. */
    int find(int prefix, int token) {
        return numbers[slot(key(prefix, token))];
    }

    /** The number of an n-gram, a new one if it has not been added before. */
    public int add(int prefix, int token) {
        long key = key(prefix, token);
        int slot = slot(key);
        if (numbers[slot] == NONE) {
            if (2 * size >= keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            numbers[slot] = size++;
        }
        return numbers[slot];
    }

    /**
     * The numbers of all n-grams that have been added, n rising from 1 to an order, each n-gram by its place; {@link #NONE} for
     * those that have not.
     */
    int[][] find(int[] tokens, int order) {
        return numbers(tokens, order, this::find);
    }

    /** The same, adding those that have not been added. */
    public int[][] add(int[] tokens, int order) {
        return numbers(tokens, order, this::add);
    }

    private interface Numbering {
        int of(int prefix, int token);
    }

    private static int[][] numbers(int[] tokens, int order, Numbering number) {
        int[][] result = new int[order][];
        for (int n = 1; n <= order; n++) {
            int[] row = new int[Math.max(0, tokens.length - n + 1)];
            for (int i = 0; i < row.length; i++) {
                int prefix = n == 1 ? NONE : result[n - 2][i];
                row[i] = n > 1 && prefix == NONE ? NONE : number.of(prefix, tokens[i + n - 1]);
            }
            result[n - 1] = row;
        }
        return result;
    }

    private static long key(int prefix, int token) {
        return (long) prefix << 32 | (token & 0xffff_ffffL);
    }

    private int slot(long key) {
        long hash = key * 0x9e37_79b9_7f4a_7c15L;
        int slot = (int) (hash >>> 32) & (keys.length - 1);
        while (numbers[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[2 * oldNumbers.length];
        Arrays.fill(numbers, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != NONE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }
}

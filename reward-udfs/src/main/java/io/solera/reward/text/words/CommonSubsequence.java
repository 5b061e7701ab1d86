package io.solera.reward.text.words;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The length of the longest common subsequence, 64 cells of the table at a time: a row is kept as the bits at which it does not rise.
 *
 * <p>Hyyro, Bit-parallel LCS-length computation revisited, AWOCA (2004).
 */
public final class CommonSubsequence {
    private CommonSubsequence() {}

    /** @param across the shorter one: memory grows with its square / 64 */
    public static int length(String[] across, String[] down) {
        int words = (across.length + 63) / 64;
        Map<String, long[]> places = new HashMap<>();
        for (int i = 0; i < across.length; i++) {
            places.computeIfAbsent(across[i], token -> new long[words])[i / 64] |= 1L << i % 64;
        }
        long[] flat = new long[words];
        Arrays.fill(flat, -1);
        for (String token : down) {
            long[] at = places.get(token);
            if (at != null) {
                step(flat, at);
            }
        }
        int rises = 0;
        for (int i = 0; i < across.length; i++) {
            rises += (int) (~flat[i / 64] >>> i % 64 & 1);
        }
        return rises;
    }

    /** V = (V + (V and M)) or (V and not M), the addition over all words. */
    private static void step(long[] flat, long[] at) {
        long carry = 0;
        for (int w = 0; w < flat.length; w++) {
            long v = flat[w];
            long u = v & at[w];
            long sum = v + u;
            long carried = Long.compareUnsigned(sum, v) < 0 ? 1 : 0;
            long total = sum + carry;
            carry = carried | (carry == 1 && total == 0 ? 1 : 0);
            flat[w] = total | (v & ~at[w]);
        }
    }
}

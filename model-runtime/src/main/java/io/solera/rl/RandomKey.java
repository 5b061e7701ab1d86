package io.solera.rl;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * The name of a stream of random numbers: 64 bits, derived from the run's seed by a path such as
 * {@code RandomKey.of(seed).with("generate").with(round).with(sampleId)}. A draw depends only on the key and a counter,
 * never on the order of calls, so any partitioning of the work draws the same numbers.
 *
 * <p>Draw c of key s is {@code mix(mix(s ^ DRAW + (c + 1) gamma) + s)} with the finaliser of SplitMix64 (Steele, Lea
 * and Flood, OOPSLA 2014; constants of Stafford's variant 13) used as a counter-based generator (Salmon et al., SC
 * 2011). The second round, which SplitMix64 does not have, keeps the streams of two keys from being shifts of one
 * another.
 */
public record RandomKey(long state) implements Serializable {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final long NUMBER = 0xD1B54A32D192ED03L;
    private static final long PURPOSE = 0xABC98388FB8FAC03L;
    private static final long DRAW = 0x8CB92BA72F3D8DD7L;
    private static final long GAUSSIAN = 0x2545F4914F6CDD1DL;

    public static RandomKey of(long seed) {
        return new RandomKey(mix(seed + GAMMA));
    }

    /** The key of child {@code number}; different numbers never give the same child. */
    public RandomKey with(long number) {
        return new RandomKey(mix(mix(state ^ NUMBER) + number * GAMMA));
    }

    /** The key for a use such as {@code "generate"}; equal to the key of a number only with probability 2^-64. */
    public RandomKey with(String purpose) {
        long hash = 0xCBF29CE484222325L; // FNV-1a
        for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return new RandomKey(mix(mix(state ^ PURPOSE) + hash * GAMMA));
    }

    /** 64 random bits. */
    public long bits(long counter) {
        return mix(mix((state ^ DRAW) + (counter + 1) * GAMMA) + state);
    }

    /** A uniform number on [0, 1), a multiple of 2^-53. */
    public double uniform(long counter) {
        return (bits(counter) >>> 11) * 0x1p-53;
    }

    /** A uniform integer on [0, bound), with a bias below bound / 2^63. */
    public int index(long counter, int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("Invalid bound: " + bound + " (must be at least 1)");
        }
        return (int) Math.multiplyHigh(bits(counter) >>> 1, 2L * bound);
    }

    /**
     * A standard normal number (Box and Muller 1958, the cosine branch), from strict math functions, so the same on
     * every machine.
     */
    public double gaussian(long counter) {
        RandomKey key = new RandomKey(state ^ GAUSSIAN);
        double radius = Math.sqrt(-2 * StrictMath.log(1 - key.uniform(2 * counter)));
        return radius * StrictMath.cos(2 * Math.PI * key.uniform(2 * counter + 1));
    }

    /** A uniformly random permutation of 0 .. n-1 (Fisher and Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = index(i, i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package io.solera.checkpoint;

import java.io.Serializable;

/** The shape of a decoder network; a record per family. */
public sealed interface NetworkConfig extends Serializable permits Gpt2Config, LlamaConfig {
    /** Tokens that it knows. */
    int vocabulary();

    /** Tokens that it can read at once. */
    int contextLength();

    /** Numbers in a hidden state. */
    int hiddenSize();

    int layers();

    /** Heads of keys and values, which several heads of queries may share. */
    int keyHeads();

    /** Numbers in a query, key or value of one head. */
    int headSize();

    /** Its tensors under Hugging Face's names, in the order of the flat vector. */
    ParameterLayout layout();

    /** Layers, positions and numbers of a rotary head that no network has; what says so is damaged or made to do harm. */
    int MAX_LAYERS = 10_000;

    int MAX_CONTEXT_LENGTH = 1 << 24;

    /** @throws IllegalArgumentException unless 1 to {@code max} */
    static void require(String key, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("Invalid %s: %d (must be %s)"
                    .formatted(key, value, max == Integer.MAX_VALUE ? "at least 1" : "1 to " + max));
        }
    }

    /**
     * Refuses what a flat vector of parameters cannot hold, before anything is allocated.
     *
     * @param others values outside of the layers
     * @param perLayer values of one layer
     * @throws IllegalArgumentException for more than 2^31 - 1 parameters
     */
    static void requireRoom(int layers, long[] others, long[] perLayer) {
        long max = Integer.MAX_VALUE;
        long sum = 0;
        for (long value : perLayer) {
            sum += Math.min(value, max); // few summands: no overflow
        }
        sum = layers * Math.min(sum, max);
        for (long value : others) {
            sum += Math.min(value, max);
        }
        if (sum > max) {
            throw new IllegalArgumentException(
                    "Cannot hold a network of more than %d parameters: its config asks for them".formatted(max));
        }
    }
}

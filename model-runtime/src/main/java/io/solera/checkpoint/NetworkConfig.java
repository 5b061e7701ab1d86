package io.solera.checkpoint;

import io.solera.problem.RequestException;
import java.io.Serializable;

/** The shape of a decoder network; a record per family. */
public sealed interface NetworkConfig extends Serializable permits Gpt2Config, LlamaConfig {
    /** Parameters of one network at most: 128 GiB in float32. */
    long MAX_PARAMETERS = 1L << 35;

    /** Tokens that it knows. */
    int vocabulary();

    /** Tokens that it can read at once. */
    int positions();

    /** Numbers in a hidden state. */
    int width();

    int layers();

    /** Heads of keys and values, which several heads of queries may share. */
    int keyHeads();

    /** Numbers in a query, key or value of one head. */
    int headSize();

    /** Its tensors under Hugging Face's names, in the order of the flat vector. */
    ParameterLayout layout();

    /** Layers, positions and numbers of a rotary head that no network has; what says so is damaged or made to do harm. */
    int MOST_LAYERS = 10_000;

    int MOST_POSITIONS = 1 << 24;

    /** @throws IllegalArgumentException unless 1 to {@code most} */
    static void require(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new RequestException("Invalid %s: %d (must be %s)"
                    .formatted(key, value, most == Integer.MAX_VALUE ? "at least 1" : "1 to " + most));
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
        long sum = 0;
        for (long value : perLayer) {
            sum += requireTensor(value); // few summands: no overflow
        }
        sum *= layers;
        for (long value : others) {
            sum += requireTensor(value);
        }
        if (sum > MAX_PARAMETERS) {
            throw new RequestException("Cannot hold a network of more than %d parameters: its config asks for %d"
                    .formatted(MAX_PARAMETERS, sum));
        }
    }

    private static long requireTensor(long size) {
        if (size > ParameterLayout.MAX_TENSOR) {
            throw new RequestException("Cannot hold a tensor of %d values (at most %d): its config asks for it"
                    .formatted(size, ParameterLayout.MAX_TENSOR));
        }
        return size;
    }
}

package io.solera.checkpoint;

import io.solera.problem.RequestException;
import java.io.Serializable;

/** The shape of a decoder network; a record per family. */
public sealed interface NetworkConfig extends Serializable permits Gpt2Config, LlamaConfig {
    /** Parameters of one network at most: 128 GiB in float32. */
    long MAX_PARAMETERS = 1L << 35;

    /** Tokens that it knows. */
    int vocabulary();

    /** Maximum tokens of a sequence. */
    int contextLength();

    /** Size of a hidden state. */
    int hiddenSize();

    int layers();

    /** Number of key and value heads, which several query heads may share. */
    int keyHeads();

    /** Size of a query, key or value of one head. */
    int headSize();

    /** Its tensors under Hugging Face's names, in the order of the flat vector. */
    ParameterLayout layout();

    /** Limits far above any real network: a config beyond them is damaged or malicious. */
    int MAX_LAYERS = 10_000;

    int MAX_CONTEXT_LENGTH = 1 << 24;

    /** @throws RequestException unless 1 to {@code max} */
    static void require(String key, int value, int max) {
        if (value < 1 || value > max) {
            throw new RequestException("Invalid %s: %d (must be %s)"
                    .formatted(key, value, max == Integer.MAX_VALUE ? "at least 1" : "1 to " + max));
        }
    }

    /**
     * Refuses networks that a flat parameter vector cannot hold, before anything is allocated.
     *
     * @param others parameters outside the layers
     * @param perLayer parameters of one layer
     * @throws RequestException for a tensor or a network that is larger than can be held
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

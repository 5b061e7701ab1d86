package io.solera.train.memory;

import io.solera.checkpoint.FullParameters;
import io.solera.checkpoint.Gpt2Config;
import io.solera.checkpoint.LlamaConfig;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Trainable;
import io.solera.model.Generator;
import io.solera.model.Likelihood;

/**
 * Bytes that a network's arrays take outside the Java heap, counted from the arrays that its forward pass makes and
 * PyTorch keeps for the backward pass. For D width, F inner width, H heads of S numbers, Q = H S, K key heads, V
 * vocabulary, T tokens, per token and layer:
 *
 * <ul>
 *   <li>GPT-2: 9 D + H T + 2 F (exact GELU) or 4 F (its tanh form): inputs and outputs of both norms, queries, keys,
 *       values, scaled queries, heads side by side; attention; what goes into and comes out of the activation.
 *   <li>Llama: 6 D + 2 Q + 2 K S + H T + 5 F, and 2 Q + 2 K S where queries and keys are normalised.
 * </ul>
 *
 * With the embedding, the last norm (3 D) and logits, their tempered copy and their log-softmax (V each). Where
 * adapters drop, the mask and what it leaves of the input of each module.
 *
 * @param trainable what is trained of it
 */
record NetworkMemory(NetworkConfig config, Trainable trainable) {
    NetworkMemory(NetworkConfig config) {
        this(config, new FullParameters());
    }

    /** The parameters of a network, and their gradients once it has had some. */
    long parameters() {
        return Float.BYTES * config.layout().size();
    }

    /** The causal mask, [P, P], and Llama's cosines and sines, which grow in powers of two to what is read. */
    long tables(int tokens) {
        long positions =
                Math.min(config.contextLength(), Math.max(64, Integer.highestOneBit(Math.max(1, tokens - 1)) * 2L));
        long rotary = config instanceof LlamaConfig ? 2 * positions * config.headSize() : 0;
        return Float.BYTES * (positions * positions + rotary);
    }

    /**
     * What is kept of a pass over some sequences until its backward pass, and what that one holds at a time.
     *
     * @param recompute whether only what goes into each layer is kept
     */
    long gradient(int rows, int tokens, boolean tempered, boolean recompute) {
        long perToken = recompute
                ? (config.layers() + 1L) * config.hiddenSize()
                : config.layers() * perToken(tokens) + dropped() + 4L * config.hiddenSize() + logits(tempered);
        long kept = Float.BYTES * (long) rows * tokens * perToken;
        // the gradients of one layer, and of logits and log-softmax; where they are computed again, they themselves too
        long again = recompute
                ? perToken(tokens) + dropped() / config.layers() + 4L * config.hiddenSize() + logits(tempered)
                : 0;
        int atOnce = Math.min(rows, Likelihood.rows(tokens));
        return kept + Float.BYTES * (long) atOnce * tokens * (perToken(tokens) + 2L * config.vocabulary() + again);
    }

    /**
     * What critics that share the trunk add to {@link #gradient}: log-probabilities and hidden states in one column,
     * its weights and the parts that they are stacked from; and what comes back of it, before and after it is added to
     * the gradient of logits.
     */
    long shared(int rows, int tokens) {
        long kept = 3 * (config.hiddenSize() + 1L);
        long atOnce = 2L * config.hiddenSize();
        return Float.BYTES * (long) tokens * (rows * kept + Math.min(rows, Likelihood.rows(tokens)) * atOnce);
    }

    /**
     * What a pass without gradients holds at a time: one layer's arrays, most of them twice, and the logits with their
     * entropy.
     */
    long forward(int rows, int tokens, boolean tempered) {
        return Float.BYTES
                * (long) rows
                * tokens
                * (2 * perToken(tokens) + 2L * config.hiddenSize() + logits(tempered) + 2L * config.vocabulary());
    }

    /**
     * Keys and values of generation, [2 L, rows, K, columns, S], and one step's logits. An array is halved once half of
     * its sequences have left, through a copy; where sequences wait for others to finish, those that joined later have
     * arrays of their own.
     */
    long generation(int microBatch, int tokens) {
        int rows = Math.min(microBatch, Generator.slots(config, tokens));
        double arrays = rows < microBatch ? 2.5 : 1.5;
        long cache = 2L * config.layers() * rows * config.keyHeads() * config.headSize() * tokens;
        return Float.BYTES * ((long) (arrays * cache) + rows * (2 * perToken(tokens) + 2L * config.vocabulary()));
    }

    /** Floats that dropout keeps per token, of all layers. */
    private long dropped() {
        return trainable instanceof LoraAdapters adapters && adapters.lora().dropout() > 0
                ? 2
                        * adapters.lora().modules().stream()
                                .mapToLong(Lora.Module::in)
                                .sum()
                : 0;
    }

    private long logits(boolean tempered) {
        return (tempered ? 3L : 2L) * config.vocabulary();
    }

    /** Floats that a layer keeps per token of a sequence of {@code tokens}. */
    private long perToken(int tokens) {
        if (config instanceof Gpt2Config gpt2) {
            int inner = gpt2.activation() == Gpt2Config.Activation.GELU ? 2 : 4;
            return 9L * gpt2.hiddenSize() + (long) gpt2.heads() * tokens + (long) inner * gpt2.intermediateSize();
        }
        LlamaConfig llama = (LlamaConfig) config;
        long queries = (long) llama.heads() * llama.headSize();
        long keys = (long) llama.keyHeads() * llama.headSize();
        long normalised = llama.member().normalisesQueries() ? 2 * (queries + keys) : 0;
        return 6L * llama.hiddenSize()
                + 2 * (queries + keys)
                + normalised
                + (long) llama.heads() * tokens
                + 5L * llama.intermediateSize();
    }
}

package io.solera.checkpoint;

import io.solera.problem.RequestException;

/**
 * The shape of a GPT-2 decoder, under Hugging Face's names: {@code vocab_size}, {@code n_positions}, {@code n_embd},
 * {@code n_layer}, {@code n_head}, {@code n_inner}, {@code activation_function}, {@code layer_norm_epsilon}. The output
 * matrix is the token embedding (tied).
 */
public record Gpt2Config(
        int vocabulary,
        int contextLength,
        int hiddenSize,
        int layers,
        int heads,
        int intermediateSize,
        Activation activation,
        double layerNormEpsilon)
        implements NetworkConfig {
    /** {@code gelu} is exact; {@code gelu_new} is GPT-2's tanh approximation. */
    public enum Activation {
        GELU,
        GELU_NEW
    }

    public Gpt2Config {
        NetworkConfig.require("vocab_size", vocabulary, Integer.MAX_VALUE);
        NetworkConfig.require("n_positions", contextLength, MAX_CONTEXT_LENGTH);
        NetworkConfig.require("n_embd", hiddenSize, Integer.MAX_VALUE);
        NetworkConfig.require("n_layer", layers, MAX_LAYERS);
        NetworkConfig.require("n_head", heads, Integer.MAX_VALUE);
        NetworkConfig.require("n_inner", intermediateSize, Integer.MAX_VALUE);
        if (hiddenSize % heads != 0) {
            throw new RequestException(
                    "Invalid n_embd: %d (must be a multiple of n_head, %d)".formatted(hiddenSize, heads));
        }
        if (!(layerNormEpsilon > 0 && layerNormEpsilon < 1)) {
            throw new RequestException(
                    "Invalid layer_norm_epsilon: %s (must be above 0 and below 1)".formatted(layerNormEpsilon));
        }
        long d = hiddenSize;
        long f = d * intermediateSize;
        NetworkConfig.requireRoom(layers, new long[] {d * vocabulary, d * contextLength}, new long[] {
            d * d, d * d, d * d, d * d, f, f, 9 * d, intermediateSize
        });
    }

    /** A decoder with exact GELU and an intermediate size of four times the hidden size. */
    public static Gpt2Config of(int vocabulary, int contextLength, int hiddenSize, int layers, int heads) {
        return new Gpt2Config(
                vocabulary, contextLength, hiddenSize, layers, heads, 4 * hiddenSize, Activation.GELU, 1e-5);
    }

    @Override
    public int keyHeads() {
        return heads;
    }

    @Override
    public int headSize() {
        return hiddenSize / heads;
    }

    /** The tensors of the decoder under Hugging Face's names; linear weights are [in, out] as GPT-2 stores them. */
    @Override
    public ParameterLayout layout() {
        ParameterLayout.Builder layout = new ParameterLayout.Builder()
                .add("transformer.wte.weight", vocabulary, hiddenSize)
                .add("transformer.wpe.weight", contextLength, hiddenSize);
        for (int layer = 0; layer < layers; layer++) {
            String h = "transformer.h." + layer + ".";
            layout.add(h + "ln_1.weight", hiddenSize)
                    .add(h + "ln_1.bias", hiddenSize)
                    .add(h + "attn.c_attn.weight", hiddenSize, 3 * hiddenSize)
                    .add(h + "attn.c_attn.bias", 3 * hiddenSize)
                    .add(h + "attn.c_proj.weight", hiddenSize, hiddenSize)
                    .add(h + "attn.c_proj.bias", hiddenSize)
                    .add(h + "ln_2.weight", hiddenSize)
                    .add(h + "ln_2.bias", hiddenSize)
                    .add(h + "mlp.c_fc.weight", hiddenSize, intermediateSize)
                    .add(h + "mlp.c_fc.bias", intermediateSize)
                    .add(h + "mlp.c_proj.weight", intermediateSize, hiddenSize)
                    .add(h + "mlp.c_proj.bias", hiddenSize);
        }
        return layout.add("transformer.ln_f.weight", hiddenSize)
                .add("transformer.ln_f.bias", hiddenSize)
                .build();
    }
}

package io.solera.checkpoint;

import io.solera.problem.RequestException;

/**
 * The shape of a GPT-2 decoder, in Hugging Face's words: {@code vocab_size}, {@code n_positions}, {@code n_embd},
 * {@code n_layer}, {@code n_head}, {@code n_inner}, {@code activation_function}, {@code layer_norm_epsilon}. The output
 * matrix is the token embedding (tied).
 */
public record Gpt2Config(
        int vocabulary,
        int positions,
        int width,
        int layers,
        int heads,
        int inner,
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
        NetworkConfig.require("n_positions", positions, MOST_POSITIONS);
        NetworkConfig.require("n_embd", width, Integer.MAX_VALUE);
        NetworkConfig.require("n_layer", layers, MOST_LAYERS);
        NetworkConfig.require("n_head", heads, Integer.MAX_VALUE);
        NetworkConfig.require("n_inner", inner, Integer.MAX_VALUE);
        if (width % heads != 0) {
            throw new RequestException("Invalid n_embd: %d (must be a multiple of n_head, %d)".formatted(width, heads));
        }
        if (!(layerNormEpsilon > 0 && layerNormEpsilon < 1)) {
            throw new RequestException(
                    "Invalid layer_norm_epsilon: %s (must be above 0 and below 1)".formatted(layerNormEpsilon));
        }
        long wide = width;
        NetworkConfig.requireRoom(layers, new long[] {wide * vocabulary, wide * positions}, new long[] {
            wide * wide, wide * wide, wide * wide, wide * wide, wide * inner, wide * inner, 9 * wide, inner
        });
    }

    /** A decoder with exact GELU and an inner layer four times as wide. */
    public static Gpt2Config of(int vocabulary, int positions, int width, int layers, int heads) {
        return new Gpt2Config(vocabulary, positions, width, layers, heads, 4 * width, Activation.GELU, 1e-5);
    }

    @Override
    public int keyHeads() {
        return heads;
    }

    @Override
    public int headSize() {
        return width / heads;
    }

    /** The tensors of the decoder under Hugging Face's names; linear weights are [in, out] as GPT-2 stores them. */
    @Override
    public ParameterLayout layout() {
        ParameterLayout.Builder layout = new ParameterLayout.Builder()
                .add("transformer.wte.weight", vocabulary, width)
                .add("transformer.wpe.weight", positions, width);
        for (int layer = 0; layer < layers; layer++) {
            String h = "transformer.h." + layer + ".";
            layout.add(h + "ln_1.weight", width)
                    .add(h + "ln_1.bias", width)
                    .add(h + "attn.c_attn.weight", width, 3 * width)
                    .add(h + "attn.c_attn.bias", 3 * width)
                    .add(h + "attn.c_proj.weight", width, width)
                    .add(h + "attn.c_proj.bias", width)
                    .add(h + "ln_2.weight", width)
                    .add(h + "ln_2.bias", width)
                    .add(h + "mlp.c_fc.weight", width, inner)
                    .add(h + "mlp.c_fc.bias", inner)
                    .add(h + "mlp.c_proj.weight", inner, width)
                    .add(h + "mlp.c_proj.bias", width);
        }
        return layout.add("transformer.ln_f.weight", width)
                .add("transformer.ln_f.bias", width)
                .build();
    }
}

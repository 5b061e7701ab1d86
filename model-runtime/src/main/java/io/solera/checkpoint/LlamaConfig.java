package io.solera.checkpoint;

import io.solera.lang.EnumText;
import io.solera.problem.RequestException;

/**
 * The shape of a decoder of the Llama family, under Hugging Face's names: {@code vocab_size},
 * {@code max_position_embeddings}, {@code hidden_size}, {@code intermediate_size}, {@code num_hidden_layers},
 * {@code num_attention_heads}, {@code num_key_value_heads}, {@code head_dim}, {@code rms_norm_eps},
 * {@code tie_word_embeddings}.
 *
 * @param tied whether the output matrix is the token embedding
 */
public record LlamaConfig(
        Member member,
        int vocabulary,
        int contextLength,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyHeads,
        int headSize,
        double normEpsilon,
        Rotary rotary,
        boolean tied)
        implements NetworkConfig {
    /** A table of the square of the head size is kept. */
    private static final int MAX_HEAD_SIZE = 2048;
    /** Families that differ from Llama only in a detail. */
    public enum Member {
        LLAMA,
        MISTRAL,
        /** Queries, keys and values have a bias. */
        QWEN2,
        /** Queries and keys are normalised in each head. */
        QWEN3;

        /** Hugging Face's {@code model_type}. */
        public String text() {
            return EnumText.of(this);
        }

        public boolean biased() {
            return this == QWEN2;
        }

        public boolean normalisesQueries() {
            return this == QWEN3;
        }
    }

    public LlamaConfig {
        NetworkConfig.require("vocab_size", vocabulary, Integer.MAX_VALUE);
        NetworkConfig.require("max_position_embeddings", contextLength, MAX_CONTEXT_LENGTH);
        NetworkConfig.require("hidden_size", hiddenSize, Integer.MAX_VALUE);
        NetworkConfig.require("intermediate_size", intermediateSize, Integer.MAX_VALUE);
        NetworkConfig.require("num_hidden_layers", layers, MAX_LAYERS);
        NetworkConfig.require("num_attention_heads", heads, Integer.MAX_VALUE);
        NetworkConfig.require("num_key_value_heads", keyHeads, Integer.MAX_VALUE);
        NetworkConfig.require("head_dim", headSize, MAX_HEAD_SIZE);
        if (heads % keyHeads != 0) {
            throw new RequestException("Invalid num_attention_heads: %d (must be a multiple of num_key_value_heads, %d)"
                    .formatted(heads, keyHeads));
        }
        if (headSize % 2 != 0) {
            throw new RequestException(
                    "Invalid head_dim: %d (must be even: rotary embeddings turn pairs)".formatted(headSize));
        }
        if (!(normEpsilon > 0 && normEpsilon < 1)) {
            throw new RequestException("Invalid rms_norm_eps: %s (must be above 0 and below 1)".formatted(normEpsilon));
        }
        long d = hiddenSize;
        long f = d * intermediateSize;
        long q = d * Math.min(Integer.MAX_VALUE, (long) heads * headSize);
        long k = d * Math.min(Integer.MAX_VALUE, (long) keyHeads * headSize);
        NetworkConfig.requireRoom(layers, new long[] {d * vocabulary, tied ? 0 : d * vocabulary, d}, new long[] {
            q, q, k, k, f, f, f, 8 * d, 2L * headSize
        });
    }

    /** The tensors of the decoder under Hugging Face's names; linear weights are [out, in]. */
    @Override
    public ParameterLayout layout() {
        int queries = heads * headSize;
        int keys = keyHeads * headSize;
        ParameterLayout.Builder layout =
                new ParameterLayout.Builder().add("model.embed_tokens.weight", vocabulary, hiddenSize);
        for (int layer = 0; layer < layers; layer++) {
            String h = "model.layers." + layer + ".";
            layout.add(h + "input_layernorm.weight", hiddenSize)
                    .add(h + "self_attn.q_proj.weight", queries, hiddenSize)
                    .add(h + "self_attn.k_proj.weight", keys, hiddenSize)
                    .add(h + "self_attn.v_proj.weight", keys, hiddenSize)
                    .add(h + "self_attn.o_proj.weight", hiddenSize, queries);
            if (member.biased()) {
                layout.add(h + "self_attn.q_proj.bias", queries)
                        .add(h + "self_attn.k_proj.bias", keys)
                        .add(h + "self_attn.v_proj.bias", keys);
            }
            if (member.normalisesQueries()) {
                layout.add(h + "self_attn.q_norm.weight", headSize).add(h + "self_attn.k_norm.weight", headSize);
            }
            layout.add(h + "post_attention_layernorm.weight", hiddenSize)
                    .add(h + "mlp.gate_proj.weight", intermediateSize, hiddenSize)
                    .add(h + "mlp.up_proj.weight", intermediateSize, hiddenSize)
                    .add(h + "mlp.down_proj.weight", hiddenSize, intermediateSize);
        }
        layout.add("model.norm.weight", hiddenSize);
        return (tied ? layout : layout.add("lm_head.weight", vocabulary, hiddenSize)).build();
    }
}

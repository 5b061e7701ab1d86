package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.solera.checkpoint.LlamaConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of the Llama family (Touvron et al. 2023): RMS norms, rotary positions, keys and values shared by groups of
 * query heads, gated feed-forward. Mistral, Qwen2 (biases) and Qwen3 (normalised queries and keys) differ by their
 * config. Shapes: B sequences, T tokens, D hidden size, H query heads, K key heads, G = H/K, S head size, V vocabulary.
 */
public final class Llama extends Network {
    private final LlamaConfig config;
    private final NDArray scale; // 1 / sqrt(S)
    private final NDArray epsilon;
    private NDArray cosines; // [P, S], for the P positions needed so far
    private NDArray sines; // [P, S]
    private final NDArray quarterTurn; // [S, S]: (a, b) to (-b, a) for the two halves of a head

    public Llama(LlamaConfig config) {
        this(config, Device.CPU);
    }

    public Llama(LlamaConfig config, Device device) {
        super(config, device);
        this.config = config;
        int size = config.headSize();
        int half = size / 2;
        float[] turn = new float[size * size];
        for (int k = 0; k < half; k++) {
            turn[(half + k) * size + k] = -1;
            turn[k * size + half + k] = 1;
        }
        try (NDManager scope = scope(false)) {
            scale = number(1 / Math.sqrt(size));
            epsilon = number(config.normEpsilon());
            cosines = matrix(new float[0], 0, size);
            sines = matrix(new float[0], 0, size);
            quarterTurn = matrix(turn, size, size);
        }
    }

    /** Cosines and sines. */
    @Override
    List<NDArray> tables(NDArray ids, @Nullable KeyValueCache cache) {
        turns((int) ids.getShape().get(1) + (cache == null ? 0 : cache.length()));
        return List.of(positioned(cosines, ids, cache), positioned(sines, ids, cache));
    }

    @Override
    NDArray embedded(Pass pass) {
        return Torch.embedding(pass.ids(), tensor("model.embed_tokens.weight")).reshape(-1, config.hiddenSize());
    }

    @Override
    NDArray layer(int layer, NDArray x, Pass pass) {
        String h = "model.layers." + layer + ".";
        // attention, and the residual connection
        NDArray y = x.add(attention(h, layer, norm(x, h + "input_layernorm"), pass));
        // gated feed-forward: down(silu(gate(z)) up(z)), and the residual connection
        NDArray z = norm(y, h + "post_attention_layernorm");
        NDArray inner = Torch.silu(linear(z, h + "mlp.gate_proj")).mul(linear(z, h + "mlp.up_proj"));
        return y.add(linear(inner, h + "mlp.down_proj"));
    }

    @Override
    NDArray normed(NDArray x) {
        return norm(x, "model.norm");
    }

    @Override
    NDArray logits(NDArray hidden) {
        return Torch.project(hidden, tensor(config.tied() ? "model.embed_tokens.weight" : "lm_head.weight"));
    }

    private NDArray attention(String h, int layer, NDArray x, Pass pass) {
        long batch = pass.batch();
        long tokens = pass.tokens();
        KeyValueCache cache = pass.cache();
        NDArray cos = pass.tables().get(0);
        NDArray sin = pass.tables().get(1);
        int size = config.headSize();
        long heads = config.heads();
        long keyHeads = config.keyHeads();
        long group = heads / keyHeads;
        // queries [B H, T, S]; keys and values [B K, T, S]; queries and keys are rotated by their position
        NDArray queries = turned(perHead(x, h, "q", batch, tokens, heads), cos, sin);
        NDArray newKeys = turned(perHead(x, h, "k", batch, tokens, keyHeads), cos, sin);
        NDArray newValues = perHead(x, h, "v", batch, tokens, keyHeads);
        if (cache != null) {
            cache.put(
                    layer,
                    newKeys.reshape(batch, keyHeads, tokens, size),
                    newValues.reshape(batch, keyHeads, tokens, size));
        }
        // the queries of a group are consecutive, [B K, G T, S]
        NDArray grouped = queries.mul(scale).reshape(batch * keyHeads, group * tokens, size);
        NDArray mixed;
        if (tokens == 1 && cache != null) {
            mixed = cache.attend(layer, grouped);
        } else {
            // scaled dot products, [B K, G, T, T], and weighted values
            NDArray scores =
                    grouped.batchMatMul(newKeys.transpose(0, 2, 1)).reshape(batch * keyHeads, group, tokens, tokens);
            mixed = softmax(scores, pass.mask())
                    .reshape(batch * keyHeads, group * tokens, tokens)
                    .batchMatMul(newValues);
        }
        // heads side by side, and the output projection
        mixed = mixed.reshape(batch, heads, tokens, size).transpose(0, 2, 1, 3);
        return linear(mixed.reshape(batch * tokens, heads * size), h + "self_attn.o_proj");
    }

    /** A projection as [B heads, T, S]. */
    private NDArray perHead(NDArray x, String h, String kind, long batch, long tokens, long heads) {
        int size = config.headSize();
        String name = h + "self_attn." + kind + "_proj";
        NDArray rows = config.member().biased()
                ? adapted(name, x, Torch.project(x, tensor(name + ".weight"), tensor(name + ".bias")))
                : linear(x, name);
        NDArray perHead = rows.reshape(batch, tokens, heads, size);
        if (config.member().normalisesQueries() && !kind.equals("v")) {
            perHead = norm(perHead, h + "self_attn." + kind + "_norm");
        }
        return perHead.transpose(0, 2, 1, 3).reshape(batch * heads, tokens, size);
    }

    /** Rotary embedding: x cos + quarter-turned x sin, of x [B heads, T, S] at positions [T, S] or [B, 1, S]. */
    private NDArray turned(NDArray x, NDArray cos, NDArray sin) {
        if (cos.getShape().dimension() == 3) {
            long rows = cos.getShape().get(0);
            NDArray perRow = x.reshape(rows, -1, config.headSize()); // [B, heads, S]
            return perRow.mul(cos).add(perRow.matMul(quarterTurn).mul(sin)).reshape(x.getShape());
        }
        return x.mul(cos).add(x.matMul(quarterTurn).mul(sin));
    }

    /** Grows the rotary tables if needed. */
    private void turns(int tokens) {
        int positions = Math.min(tokens, config.contextLength());
        if (cosines.getShape().get(0) >= positions) {
            return;
        }
        int size = config.headSize();
        int rows = Math.min(config.contextLength(), Math.max(64, Integer.highestOneBit(positions - 1) * 2));
        double[] frequencies = config.rotary().frequencies(size);
        float[] cos = new float[rows * size];
        float[] sin = new float[rows * size];
        for (int k = 0; k < cos.length; k++) {
            int position = k / size;
            double angle = position * frequencies[k % size % (size / 2)];
            cos[k] = (float) StrictMath.cos(angle);
            sin[k] = (float) StrictMath.sin(angle);
        }
        cosines = matrix(cos, rows, size);
        sines = matrix(sin, rows, size);
    }

    private NDArray linear(NDArray x, String name) {
        return adapted(name, x, Torch.project(x, tensor(name + ".weight")));
    }

    /** x / sqrt(mean(x^2) + epsilon) times the weight, over the last axis. */
    private NDArray norm(NDArray x, String name) {
        NDArray size = x.square().mean(new int[] {-1}, true).add(epsilon).sqrt();
        return x.div(size).mul(tensor(name + ".weight"));
    }
}

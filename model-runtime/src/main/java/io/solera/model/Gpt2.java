package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.solera.checkpoint.Gpt2Config;
import org.jspecify.annotations.Nullable;

/**
 * A GPT-2 decoder (Radford et al. 2019): token ids in, next-token logits out. Shapes: B sequences, T tokens, D width, H heads,
 * V vocabulary.
 */
public final class Gpt2 extends Network {
    private final Gpt2Config config;
    // numbers that backward passes read, so they live as long as the network
    private final NDArray scale; // 1 / sqrt(D/H)
    private final NDArray cubic; // 0.044715
    private final NDArray slope; // sqrt(2 / pi)
    private final NDArray half;

    public Gpt2(Gpt2Config config) {
        this(config, Device.CPU);
    }

    public Gpt2(Gpt2Config config, Device device) {
        super(config, device);
        this.config = config;
        try (NDManager scope = scope(false)) {
            scale = number(1 / Math.sqrt((double) config.width() / config.heads()));
            cubic = number(0.044715);
            slope = number(Math.sqrt(2 / Math.PI));
            half = number(0.5);
        }
    }

    @Override
    NDArray hidden(NDArray ids, @Nullable KeyValueCache cache) {
        long batch = ids.getShape().get(0);
        int tokens = (int) ids.getShape().get(1);
        int past = cache == null ? 0 : cache.length();
        // token and position embeddings; from here on a row is a token
        NDArray positions = rows(weight("wpe.weight"), past, past + tokens, config.width(), ids.getManager());
        NDArray x = Torch.embedding(ids, weight("wte.weight")).add(positions).reshape(batch * tokens, config.width());
        // a token sees itself and what came before; one new token sees all
        NDArray mask = mask(past, tokens, x.getManager());
        NDManager scope = x.getManager();
        for (int layer = 0; layer < config.layers(); layer++) {
            String h = "h." + layer + ".";
            // the layer's arrays are freed with its scope; what a backward pass reads, PyTorch keeps
            try (NDManager inLayer = scope.newSubManager()) {
                x.attach(inLayer);
                // attention, and the residual connection
                x = x.add(attention(h, layer, norm(x, h + "ln_1"), batch, tokens, mask, cache));
                // feed-forward, and the residual connection
                NDArray inner = activation(linear(norm(x, h + "ln_2"), h + "mlp.c_fc"));
                x = x.add(linear(inner, h + "mlp.c_proj"));
                x.attach(scope);
            }
        }
        if (cache != null) {
            cache.advance(tokens);
        }
        return norm(x, "ln_f");
    }

    /** The output matrix is the token embedding. */
    @Override
    NDArray logits(NDArray hidden) {
        return Torch.project(hidden, weight("wte.weight"));
    }

    private NDArray attention(
            String h,
            int layer,
            NDArray x,
            long batch,
            long tokens,
            @Nullable NDArray mask,
            @Nullable KeyValueCache cache) {
        long heads = config.heads();
        long size = config.width() / heads;
        // queries, keys and values of every head, each [B H, T, D/H]
        NDList qkv = linear(x, h + "attn.c_attn")
                .reshape(batch, tokens, 3, heads, size)
                .transpose(2, 0, 3, 1, 4)
                .reshape(3 * batch * heads, tokens, size)
                .split(3, 0);
        NDArray keys; // transposed
        NDArray values;
        if (cache == null) {
            keys = qkv.get(1).transpose(0, 2, 1);
            values = qkv.get(2);
        } else {
            cache.put(layer, qkv.get(1), qkv.get(2));
            keys = cache.keyColumns(layer, x.getManager(), batch * heads, cache.length() + tokens);
            values = cache.values(layer, x.getManager(), batch * heads, cache.length() + tokens);
        }
        // scaled dot products, [B H, T, past + T]
        NDArray scores = qkv.get(0).mul(scale).batchMatMul(keys);
        if (mask != null) {
            scores.addi(mask);
        }
        // weighted values, heads side by side, and the output projection
        NDArray mixed = scores.softmax(-1).batchMatMul(values);
        if (tokens > 1) {
            mixed = mixed.reshape(batch, heads, tokens, size).transpose(0, 2, 1, 3);
        }
        return linear(mixed.reshape(batch * tokens, config.width()), h + "attn.c_proj");
    }

    private NDArray activation(NDArray x) {
        if (config.activation() == Gpt2Config.Activation.GELU) {
            return Torch.gelu(x);
        }
        // 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
        NDArray inner = x.add(x.mul(x).mul(x).mul(cubic)).mul(slope);
        return x.mul(half).mul(inner.tanh().add(1));
    }

    private NDArray linear(NDArray x, String name) {
        return Torch.linear(x, weight(name + ".weight"), weight(name + ".bias"));
    }

    private NDArray norm(NDArray x, String name) {
        return Torch.layerNorm(x, weight(name + ".weight"), weight(name + ".bias"), config.layerNormEpsilon());
    }

    private NDArray weight(String name) {
        return tensor("transformer." + name);
    }
}

package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.solera.checkpoint.Gpt2Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GPT-2 decoder (Radford et al. 2019): token ids in, next-token logits out. Shapes: B sequences, T tokens, D hidden
 * size, H heads, V vocabulary.
 */
public final class Gpt2 extends Network {
    private final Gpt2Config config;
    // read by backward passes, so they live as long as the network
    private final NDArray scale; // 1 / sqrt(D/H)
    private final NDArray cubic; // 2 x 0.044715 sqrt(2 / pi)
    private final NDArray slope; // 2 sqrt(2 / pi)

    public Gpt2(Gpt2Config config) {
        this(config, Device.CPU);
    }

    public Gpt2(Gpt2Config config, Device device) {
        super(config, device);
        this.config = config;
        try (NDManager scope = scope(false)) {
            scale = number(1 / Math.sqrt((double) config.hiddenSize() / config.heads()));
            cubic = number(2 * 0.044715 * Math.sqrt(2 / Math.PI));
            slope = number(2 * Math.sqrt(2 / Math.PI));
        }
    }

    @Override
    List<NDArray> tables(NDArray ids, @Nullable KeyValueCache cache) {
        return List.of();
    }

    @Override
    NDArray embedded(Pass pass) {
        NDArray positions = positioned(weight("wpe.weight"), pass.ids(), pass.cache());
        return Torch.embedding(pass.ids(), weight("wte.weight")).add(positions).reshape(-1, config.hiddenSize());
    }

    @Override
    NDArray layer(int layer, NDArray x, Pass pass) {
        String h = "h." + layer + ".";
        // attention, and the residual connection
        NDArray y = x.add(attention(h, layer, norm(x, h + "ln_1"), pass));
        // feed-forward, and the residual connection
        NDArray inner = activation(linear(norm(y, h + "ln_2"), h + "mlp.c_fc"));
        return y.add(linear(inner, h + "mlp.c_proj"));
    }

    @Override
    NDArray normed(NDArray x) {
        return norm(x, "ln_f");
    }

    /** The output matrix is the token embedding. */
    @Override
    NDArray logits(NDArray hidden) {
        return Torch.project(hidden, weight("wte.weight"));
    }

    private NDArray attention(String h, int layer, NDArray x, Pass pass) {
        long batch = pass.batch();
        long tokens = pass.tokens();
        KeyValueCache cache = pass.cache();
        long heads = config.heads();
        long size = config.hiddenSize() / heads;
        // queries, keys and values of every head, each [B, H, T, D/H]
        NDArray projected = linear(x, h + "attn.c_attn").reshape(batch, tokens, 3, heads, size);
        NDArray mixed;
        if (tokens == 1 && cache != null) {
            NDList qkv = projected.transpose(2, 0, 3, 1, 4).split(3, 0);
            cache.put(layer, qkv.get(1).squeeze(0), qkv.get(2).squeeze(0));
            mixed = cache.attend(layer, qkv.get(0).mul(scale).reshape(batch * heads, 1, size));
        } else {
            NDList qkv = projected
                    .transpose(2, 0, 3, 1, 4)
                    .reshape(3 * batch * heads, tokens, size)
                    .split(3, 0);
            if (cache != null) {
                cache.put(
                        layer,
                        qkv.get(1).reshape(batch, heads, tokens, size),
                        qkv.get(2).reshape(batch, heads, tokens, size));
            }
            // weighted values, [B H, T, D/H], heads side by side
            NDArray scores = qkv.get(0).mul(scale).batchMatMul(qkv.get(1).transpose(0, 2, 1));
            mixed = softmax(scores, pass.mask())
                    .batchMatMul(qkv.get(2))
                    .reshape(batch, heads, tokens, size)
                    .transpose(0, 2, 1, 3);
        }
        // the output projection
        return linear(mixed.reshape(batch * tokens, config.hiddenSize()), h + "attn.c_proj");
    }

    private NDArray activation(NDArray x) {
        if (config.activation() == Gpt2Config.Activation.GELU) {
            return Torch.gelu(x);
        }
        // x sigmoid(2 x (sqrt(2 / pi) + 0.044715 sqrt(2 / pi) x^2)), which is 0.5 x (1 + tanh(..)) in fewer passes over
        // memory
        if (Torch.records()) {
            return x.mul(Torch.sigmoid(x.mul(x).mul(cubic).add(slope).mul(x)));
        }
        return Torch.sigmoid(x.mul(x).muli(cubic).addi(slope).muli(x)).muli(x);
    }

    private NDArray linear(NDArray x, String name) {
        NDArray y = Torch.linear(x, weight(name + ".weight"), weight(name + ".bias"));
        return adapted("transformer." + name, x, y);
    }

    private NDArray norm(NDArray x, String name) {
        return Torch.layerNorm(x, weight(name + ".weight"), weight(name + ".bias"), config.layerNormEpsilon());
    }

    private NDArray weight(String name) {
        return tensor("transformer." + name);
    }
}

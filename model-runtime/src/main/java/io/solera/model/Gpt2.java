package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.Gpt2Config;
import io.solera.rl.BlockVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A GPT-2 decoder (Radford et al. 2019): token ids in, next-token logits out. Shapes: B sequences, T tokens, D width, H heads,
 * V vocabulary. Not thread-safe: one network per task.
 */
public final class Gpt2 implements AutoCloseable {
    private static final float MASKED = -1e9f;

    private final Gpt2Config config;
    private final NDManager manager = Torch.manager();
    private final Parameters parameters;
    private final NDArray causalMask; // [P, P]: 0 on and below the diagonal

    public Gpt2(Gpt2Config config) {
        this.config = config;
        try (NDManager scope = Torch.scope(manager, false)) {
            parameters = new Parameters(manager, config.layout());
            int p = config.positions();
            float[] mask = new float[p * p];
            for (int row = 0; row < p; row++) {
                Arrays.fill(mask, row * p + row + 1, (row + 1) * p, MASKED);
            }
            causalMask = manager.create(mask, new Shape(p, p));
        }
    }

    public Gpt2Config config() {
        return config;
    }

    /** Replaces the parameters, in the order of {@link Gpt2Config#layout()}. */
    public void set(BlockVector values) {
        set(values.toArray());
    }

    void set(float[] values) {
        parameters.set(values);
    }

    /** The gradients summed up since the last call, in the same order. */
    float[] takeGradients() {
        return parameters.takeGradients();
    }

    /** A scope for one computation with this network. */
    NDManager scope(boolean gradients) {
        return Torch.scope(manager, gradients);
    }

    /** Hidden states after the last layer norm, [B, T, D], of ids [B, T] that continue what the cache holds (null: nothing). */
    NDArray hidden(NDArray ids, @Nullable KeyValueCache cache) {
        int past = cache == null ? 0 : cache.length();
        int tokens = (int) ids.getShape().get(1);
        // token and position embeddings
        NDArray positions = ids.getManager().arange(past, past + tokens).toType(ids.getDataType(), false);
        NDArray x = Torch.embedding(ids, weight("wte.weight")).add(Torch.embedding(positions, weight("wpe.weight")));
        // a token sees itself and what came before; one new token sees all
        NDArray mask = tokens == 1 ? null : mask(x.getManager(), past, tokens);
        for (int layer = 0; layer < config.layers(); layer++) {
            String h = "h." + layer + ".";
            // attention, and the residual connection
            x = x.add(attention(h, layer, norm(x, h + "ln_1"), mask, cache));
            // feed-forward, and the residual connection
            NDArray inner = activation(linear(norm(x, h + "ln_2"), h + "mlp.c_fc"));
            x = x.add(linear(inner, h + "mlp.c_proj"));
        }
        return norm(x, "ln_f");
    }

    /** Next-token logits [B, T, V] of hidden states [B, T, D]: the output matrix is the token embedding. */
    NDArray logits(NDArray hidden) {
        return Torch.project(hidden, weight("wte.weight"));
    }

    private NDArray attention(String h, int layer, NDArray x, @Nullable NDArray mask, @Nullable KeyValueCache cache) {
        long batch = x.getShape().get(0);
        long tokens = x.getShape().get(1);
        long heads = config.heads();
        long size = config.width() / heads;
        // queries, keys and values of every head: [B, H, T, D/H]
        NDList qkv = linear(x, h + "attn.c_attn").split(3, 2);
        NDArray q = qkv.get(0).reshape(batch, tokens, heads, size).transpose(0, 2, 1, 3);
        NDArray k = qkv.get(1).reshape(batch, tokens, heads, size).transpose(0, 2, 1, 3);
        NDArray v = qkv.get(2).reshape(batch, tokens, heads, size).transpose(0, 2, 1, 3);
        if (cache != null) {
            cache.append(layer, k, v);
            k = cache.keys(layer);
            v = cache.values(layer);
        }
        // scaled dot products, [B, H, T, past + T]
        NDArray scores = Torch.scaled(q, 1 / Math.sqrt((double) size)).matMul(k.transpose(0, 1, 3, 2));
        if (mask != null) {
            scores = scores.add(mask);
        }
        // weighted values, heads side by side, and the output projection
        NDArray mixed = scores.softmax(-1).matMul(v).transpose(0, 2, 1, 3).reshape(batch, tokens, config.width());
        return linear(mixed, h + "attn.c_proj");
    }

    /** [T, past + T] of the causal mask, in the given manager. */
    private NDArray mask(NDManager scope, int past, int tokens) {
        return causalMask.get(
                scope, new NDIndex().addSliceDim(past, past + tokens).addSliceDim(0, past + tokens));
    }

    private NDArray activation(NDArray x) {
        if (config.activation() == Gpt2Config.Activation.GELU) {
            return Torch.gelu(x);
        }
        // 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
        NDArray cubic = x.add(Torch.scaled(x.mul(x).mul(x), 0.044715));
        return Torch.scaled(x, 0.5)
                .mul(Torch.scaled(cubic, Math.sqrt(2 / Math.PI)).tanh().add(1));
    }

    private NDArray linear(NDArray x, String name) {
        return Torch.linear(x, weight(name + ".weight"), weight(name + ".bias"));
    }

    private NDArray norm(NDArray x, String name) {
        return Torch.layerNorm(x, weight(name + ".weight"), weight(name + ".bias"), config.layerNormEpsilon());
    }

    private NDArray weight(String name) {
        return parameters.tensor("transformer." + name);
    }

    @Override
    public void close() {
        manager.close();
    }
}

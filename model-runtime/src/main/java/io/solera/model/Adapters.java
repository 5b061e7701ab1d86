package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.solera.checkpoint.Lora;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The adapters of a network: of each module the ranks that are fixed and, after them, those that are trained, each as A [r, in] and B' [r, out],
 * made of a vector that holds them rank by rank.
 */
final class Adapters implements AutoCloseable {
    private final Lora lora;
    private final NDManager manager;
    private final NDArray scale; // backward passes read it, so it lives as long as the adapters
    private final int trained;
    private final Map<String, Pair> fixed = new HashMap<>();
    private final Map<String, Pair> open = new HashMap<>();

    /** A module's factors. */
    private record Pair(NDArray a, NDArray b) {}

    /** @param ranks any number; the last {@code lora.rank()} are the ones that are trained */
    Adapters(NDManager parent, Lora lora, float[] ranks) {
        this.lora = lora;
        manager = parent.newSubManager();
        scale = manager.create((float) lora.scale());
        int rankSize = lora.factors().rankSize();
        int count = ranks.length / rankSize;
        trained = Math.min(count, lora.rank());
        int at = 0;
        for (Lora.Module module : lora.modules()) {
            if (count > trained) {
                fixed.put(module.name(), pair(module, ranks, rankSize, at, 0, count - trained));
            }
            if (trained > 0) {
                Pair pair = pair(module, ranks, rankSize, at, count - trained, count);
                pair.a.setRequiresGradient(true);
                pair.b.setRequiresGradient(true);
                open.put(module.name(), pair);
            }
            at += module.in() + module.out();
        }
    }

    private Pair pair(Lora.Module module, float[] ranks, int rankSize, int at, int from, int to) {
        float[] a = new float[(to - from) * module.in()];
        float[] b = new float[(to - from) * module.out()];
        for (int k = from; k < to; k++) {
            int start = k * rankSize + at;
            System.arraycopy(ranks, start, a, (k - from) * module.in(), module.in());
            System.arraycopy(ranks, start + module.in(), b, (k - from) * module.out(), module.out());
        }
        return new Pair(
                manager.create(a, new Shape(to - from, module.in())),
                manager.create(b, new Shape(to - from, module.out())));
    }

    /** y + s (x A') B' of a module's input x [N, in] and output y [N, out]; y itself where it has no adapter. */
    NDArray added(String module, NDArray x, NDArray y) {
        return added(open.get(module), x, added(fixed.get(module), x, y));
    }

    private NDArray added(@Nullable Pair pair, NDArray x, NDArray y) {
        return pair == null ? y : y.add(Torch.project(x, pair.a).mul(scale).matMul(pair.b));
    }

    /** The gradients of the trained ranks, rank by rank, summed up since the last call. */
    float[] takeGradients() {
        int rankSize = lora.factors().rankSize();
        float[] gradients = new float[trained * rankSize];
        int at = 0;
        for (Lora.Module module : lora.modules()) {
            Pair pair = open.get(module.name());
            if (pair != null) {
                at = taken(pair.a, module.in(), gradients, rankSize, at);
                at = taken(pair.b, module.out(), gradients, rankSize, at);
            }
        }
        return gradients;
    }

    private int taken(NDArray factor, int width, float[] gradients, int rankSize, int at) {
        float[] values = new float[trained * width];
        Torch.takeGradient(factor, values, 0);
        for (int k = 0; k < trained; k++) {
            System.arraycopy(values, k * width, gradients, k * rankSize + at, width);
        }
        return at + width;
    }

    @Override
    public void close() {
        manager.close();
    }
}

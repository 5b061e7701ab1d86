package io.solera.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.solera.checkpoint.Lora;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The adapters of a network: first the fixed ranks, then the trained ones, each with the tensors of
 * {@link Lora#layout}.
 */
final class Adapters implements AutoCloseable {
    private final Lora lora;
    private final NDManager manager;
    private final NDArray scale; // backward passes read it, so it lives as long as the adapters
    private final int fixedRanks;
    private final int trainedRanks;
    private final Parameters fixed;
    private final Parameters trained;
    private final Dropout dropout;
    private final Map<String, Integer> adapterIndices = new HashMap<>(); // of modules in the lora

    /**
     * @param ranks total number of ranks; the last {@code lora.rank()} are trained
     * @param shared whether tensors share their buffers, see {@link Parameters}
     */
    Adapters(NDManager parent, Lora lora, int ranks, boolean shared) {
        this.lora = lora;
        manager = parent.newSubManager();
        scale = manager.create((float) lora.scale());
        trainedRanks = Math.min(ranks, lora.rank());
        fixedRanks = ranks - trainedRanks;
        fixed = new Parameters(manager, lora.layout(fixedRanks), shared);
        fixed.record(false);
        trained = new Parameters(manager, lora.layout(trainedRanks), shared);
        dropout = new Dropout(lora.dropout());
        for (int k = 0; k < lora.modules().size(); k++) {
            adapterIndices.put(lora.modules().get(k).name(), k);
        }
    }

    /** Whether this instance has room for that many ranks of such adapters. */
    boolean fit(Lora other, int ranks) {
        return fixedRanks + trainedRanks == ranks && lora.equals(other);
    }

    /** Replaces all values, rank by rank. */
    void set(BlockVector ranks) {
        long first = (long) fixedRanks * lora.factors().rankSize();
        fill(fixed, ranks, 0, fixedRanks);
        fill(trained, ranks, first, trainedRanks);
    }

    /** Replaces the values that are trained; the others stay. */
    void refill(BlockVector theta) {
        fill(trained, theta, 0, trainedRanks);
    }

    /** Copies ranks from {@code first} on into the tensors A [r, in] and B [out, r] of each module. */
    private void fill(Parameters into, BlockVector ranks, long first, int count) {
        int rankSize = lora.factors().rankSize();
        long at = first;
        for (Lora.Module module : lora.modules()) {
            FloatBuffer a = into.buffer(Lora.a(module.name()));
            FloatBuffer b = into.buffer(Lora.b(module.name()));
            float[] column = new float[module.out()];
            for (int k = 0; k < count; k++) {
                long rank = at + (long) k * rankSize;
                ranks.get(rank, a.slice(k * module.in(), module.in()));
                ranks.get(rank + module.in(), FloatBuffer.wrap(column));
                for (int o = 0; o < column.length; o++) {
                    b.put(o * count + k, column[o]);
                }
            }
            at += module.in() + module.out();
        }
        into.filled();
    }

    /**
     * y + s (m x A') B' of a module's input x [N, in] and output y [N, out]; y itself if it has no adapter.
     *
     * @param key of the masks m that the modules' inputs are multiplied by; null: no dropout
     */
    NDArray added(String module, NDArray x, NDArray y, @Nullable RandomKey key) {
        Integer place = adapterIndices.get(module);
        if (place == null) {
            return y;
        }
        NDArray seen = key == null || lora.dropout() == 0 ? x : dropout.of(x, key.with(place));
        NDArray sum = fixedRanks == 0 ? y : y.add(update(fixed, module, seen));
        return sum.add(update(trained, module, seen));
    }

    private NDArray update(Parameters ranks, String module, NDArray x) {
        NDArray inner = Torch.project(x, ranks.tensor(Lora.a(module))).mul(scale);
        return Torch.project(inner, ranks.tensor(Lora.b(module)));
    }

    /** How many numbers are trained. */
    long size() {
        return (long) trainedRanks * lora.factors().rankSize();
    }

    /** The gradients of the trained ranks, rank by rank, summed up since the last call. */
    BlockVector takeGradients() {
        return BlockVector.of(lora.byRank(trained.takeGradients().toArray(), trainedRanks));
    }

    @Override
    public void close() {
        manager.close();
    }
}

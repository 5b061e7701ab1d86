package io.solera.checkpoint;

import io.solera.checkpoint.file.Folder;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.LowRankUpdate;
import io.solera.rl.blend.OuterStep;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adapters next to the parameters, which stay as they are. rho is all ranks that were added so far, theta_i the ranks
 * of this round alone, fresh at its start (B = 0), and u_i = delta W_i = s B_i A_i. A sum of updates is their ranks one
 * after the other, brought to {@code maxRank} where it has more.
 *
 * @param maxRank of rho
 */
public record LoraAdapters(Lora lora, int maxRank) implements Trainable {
    /** Those of one round. */
    public LoraAdapters(Lora lora) {
        this(lora, lora.rank());
    }

    @Override
    public long size(NetworkConfig config) {
        return (long) lora.rank() * lora.factors().rankSize();
    }

    /** No rank yet. */
    @Override
    public BlockVector initial(Blocks parameters) {
        return BlockVector.zeros(0);
    }

    @Override
    public BlockVector start(BlockVector rho, RandomKey key) {
        return lora.fresh(key);
    }

    @Override
    public BlockVector fixed(BlockVector rho) {
        return rho;
    }

    @Override
    public BlockVector compose(BlockVector rho, BlockVector theta) {
        return lora.factors().stacked(new double[] {1, 1}, List.of(rho, theta));
    }

    /** Of the products, computed in factors: tr((B_j' B_i)(A_i A_j')). */
    @Override
    public GramMatrix gram(Blocks rho, List<? extends Blocks> thetas) {
        return lora.factors().gram(whole(thetas)).scaled(lora.scale() * lora.scale());
    }

    @Override
    public Combined combine(
            OuterStep outer,
            Blocks rho,
            double[] alphas,
            List<? extends Blocks> thetas,
            GramMatrix gram,
            @Nullable Blocks velocity) {
        LowRankUpdate factors = lora.factors();
        double[] added =
                Arrays.stream(alphas).map(alpha -> outer.learningRate() * alpha).toArray();
        BlockVector sum =
                factors.stacked(new double[] {1, 1}, List.of(rho.whole(), factors.stacked(added, whole(thetas))));
        LowRankUpdate.Refactored next = factors.refactored(sum, maxRank);
        Map<String, Number> details = new LinkedHashMap<>();
        details.put("adapter_parameters", thetas.get(0).size());
        details.put(
                "bytes_per_round",
                Float.BYTES * (rho.size() + thetas.size() * thetas.get(0).size()));
        details.put("rank", factors.rank(next.update()));
        details.put("refactoring_error", next.error());
        double drift = Math.sqrt(gram.squaredNorm(added));
        return new Combined(next.update(), null, () -> drift, details);
    }

    private static List<BlockVector> whole(List<? extends Blocks> thetas) {
        return thetas.stream().map(Blocks::whole).toList();
    }

    @Override
    public BlockVector merged(NetworkConfig config, Blocks parameters, BlockVector rho) {
        return AdapterMerge.of(config, parameters.whole(), lora, rho);
    }

    @Override
    public void write(Folder folder, Policy shape, Blocks rho, String base) throws IOException {
        AdapterFolder.write(folder, shape.config(), new AdapterFolder.Adapter(base, lora, rho.whole()));
        ModelFolder.writeTokenizer(folder, shape);
    }

    @Override
    public BlockVector read(Folder folder, StoredVector.Source source, Policy shape) throws IOException {
        BlockVector factors = AdapterFolder.read(folder, shape.config()).factors();
        // PEFT has no adapter of rank 0, so that one that adds nothing is stored as one of zeros
        return factors.norm() == 0 ? initial(shape.parameters()) : factors;
    }
}

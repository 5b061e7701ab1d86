package io.solera.checkpoint;

import io.solera.checkpoint.file.Folder;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All parameters: theta_i starts at rho itself, and u_i = theta_i - rho. */
public record FullParameters() implements Trainable {
    @Override
    public long size(NetworkConfig config) {
        return config.layout().size();
    }

    @Override
    public Blocks initial(Blocks parameters) {
        return parameters;
    }

    @Override
    public BlockVector start(BlockVector rho, RandomKey key) {
        return rho;
    }

    /** Nothing: theta_i has all of it. */
    @Override
    public BlockVector fixed(BlockVector rho) {
        return BlockVector.zeros(0);
    }

    @Override
    public BlockVector compose(BlockVector rho, BlockVector theta) {
        return theta;
    }

    /** Some blocks of u_i at a time, and the sum in their order. */
    @Override
    public GramMatrix gram(Blocks rho, List<? extends Blocks> thetas) {
        return GramMatrix.sum(IntStream.range(0, rho.blocks())
                .parallel()
                .mapToObj(b -> gram(rho, thetas, b))
                .toList());
    }

    /** The part of it for one block, which may be computed wherever that is read. */
    public static GramMatrix gram(Blocks rho, List<? extends Blocks> thetas, int b) {
        return GramMatrix.ofBlock(thetas.stream()
                .map(theta -> BlockVector.differenceBlock(theta.block(b), rho.block(b)))
                .toList());
    }

    @Override
    public Combined combine(
            OuterStep outer,
            Blocks rho,
            double[] alphas,
            List<? extends Blocks> thetas,
            GramMatrix gram,
            @Nullable Blocks velocity) {
        OuterStep.Result next = outer.step(rho, alphas, thetas, velocity);
        if (!(rho instanceof BlockVector)) {
            return new Combined(next.rho(), next.velocity(), next::drift, Map.of());
        }
        BlockVector velocities =
                next.velocity() == null ? null : next.velocity().whole();
        return new Combined(next.rho().whole(), velocities, next::drift, Map.of());
    }

    @Override
    public BlockVector merged(NetworkConfig config, Blocks parameters, BlockVector rho) {
        return rho;
    }

    @Override
    public void write(Folder folder, Policy shape, Blocks rho, String base) throws IOException {
        ModelFolder.write(folder, shape.with(rho));
    }

    @Override
    public Blocks read(Folder folder, StoredVector.Source source, Policy shape) throws IOException {
        return shape.inMemory()
                ? ModelFolder.weights(folder, shape.config())
                : ModelFolder.stored(folder, source, shape.config());
    }
}

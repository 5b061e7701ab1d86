package io.solera.checkpoint;

import io.solera.checkpoint.file.Folder;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All parameters: theta_i starts at rho itself, and u_i = theta_i - rho. */
public record FullParameters() implements Trainable {
    @Override
    public long size(NetworkConfig config) {
        return config.layout().size();
    }

    @Override
    public BlockVector initial(BlockVector parameters) {
        return parameters;
    }

    @Override
    public BlockVector start(BlockVector rho, RandomKey key) {
        return rho;
    }

    @Override
    public BlockVector untrained(NetworkConfig config, BlockVector rho) {
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

    /** A block of u_i at a time. */
    @Override
    public GramMatrix gram(BlockVector rho, List<BlockVector> thetas) {
        List<GramMatrix> parts = new ArrayList<>();
        for (int b = 0; b < rho.blocks(); b++) {
            float[] origin = rho.block(b);
            int block = b;
            parts.add(GramMatrix.ofBlock(thetas.stream()
                    .map(theta -> BlockVector.differenceBlock(theta.block(block), origin))
                    .toList()));
        }
        return GramMatrix.sum(parts);
    }

    @Override
    public Combined combine(
            OuterStep outer,
            BlockVector rho,
            double[] alphas,
            List<BlockVector> thetas,
            GramMatrix gram,
            @Nullable BlockVector velocity) {
        OuterStep.Result next = outer.step(rho, alphas, thetas, velocity);
        return new Combined(next.rho(), next.velocity(), next.rho().minus(rho).norm(), Map.of());
    }

    @Override
    public BlockVector merged(NetworkConfig config, BlockVector parameters, BlockVector rho) {
        return rho;
    }

    @Override
    public void write(Folder folder, Policy shape, BlockVector rho, String base) throws IOException {
        ModelFolder.write(folder, shape.with(rho));
    }

    @Override
    public BlockVector read(Folder folder, Policy shape) throws IOException {
        return ModelFolder.weights(folder, shape.config());
    }
}

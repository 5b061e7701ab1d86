package io.solera.checkpoint;

import io.solera.checkpoint.file.Folder;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import io.solera.rl.blend.Sections;
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
    public Sections layers(NetworkConfig config) {
        return config.layout().layers();
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

    /** Some blocks of u_i at a time, and the sum in their order. */
    @Override
    public List<GramMatrix> grams(Sections sections, BlockVector rho, List<? extends Blocks> thetas) {
        return Sections.sum(IntStream.range(0, rho.blocks())
                .parallel()
                .mapToObj(b -> sections.grams(
                        b,
                        thetas.stream()
                                .map(theta -> BlockVector.differenceBlock(theta.block(b), rho.block(b)))
                                .toList()))
                .toList());
    }

    @Override
    public Combined combine(
            OuterStep outer,
            BlockVector rho,
            Coefficients alphas,
            List<? extends Blocks> thetas,
            List<GramMatrix> grams,
            @Nullable BlockVector velocity) {
        OuterStep.Result next = outer.step(rho, alphas, thetas, velocity);
        return new Combined(next.rho(), next.velocity(), distance(next.rho(), rho), Map.of());
    }

    /** The norm of the difference, without the difference as a whole. */
    private static double distance(BlockVector a, BlockVector b) {
        double[] squares = IntStream.range(0, a.blocks())
                .parallel()
                .mapToDouble(k -> {
                    float[] difference = BlockVector.differenceBlock(a.block(k), b.block(k));
                    return BlockVector.dotBlock(difference, difference);
                })
                .toArray();
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
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

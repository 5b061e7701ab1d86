package io.solera.rl.blend;

import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.Setting;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * From the policy rho and the experts theta_i to the next policy. With u = sum_i alpha_i (theta_i - rho): m = momentum
 * m + u and rho + learningRate (u + momentum m), Nesterov's step as DiLoCo takes it (Douillard et al., 2023). Learning
 * rate 1 and momentum 0 are the plain addition of Ghari et al. (NeurIPS 2025); a single alpha of 1 then copies its
 * expert bit for bit.
 */
public record OuterStep(double learningRate, double momentum) implements Serializable {
    public static final OuterStep PLAIN = new OuterStep(1, 0);

    public OuterStep {
        Setting.above("outer-learning-rate", learningRate, 0);
        Setting.atLeastZeroBelowOne("outer-momentum", momentum);
    }

    /** @param velocity m for the next round; null without momentum */
    public record Result(BlockVector rho, @Nullable BlockVector velocity) {}

    /**
     * Some blocks at a time, so that the experts need not be in memory.
     *
     * @param velocity m of the previous round; null in the first
     */
    public Result step(
            BlockVector rho, Coefficients alphas, List<? extends Blocks> experts, @Nullable BlockVector velocity) {
        float[][] next = new float[rho.blocks()][];
        float[][] velocities = new float[rho.blocks()][];
        IntStream.range(0, rho.blocks()).parallel().forEach(b -> {
            velocities[b] = velocity == null
                    ? new float[rho.block(b).length]
                    : velocity.block(b).clone();
            next[b] = stepBlock(
                    b,
                    rho.block(b),
                    alphas,
                    experts.stream().map(theta -> theta.block(b)).toList(),
                    velocities[b]);
        });
        return new Result(
                BlockVector.ofBlocks(List.of(next)), momentum == 0 ? null : BlockVector.ofBlocks(List.of(velocities)));
    }

    /** One block of {@link #step}; changes its velocity in place. */
    public float[] stepBlock(int b, float[] rho, Coefficients alphas, List<float[]> experts, float[] velocity) {
        float[] next = new float[rho.length];
        for (Sections.Piece piece : alphas.sections().pieces(b, rho.length)) {
            step(piece.from(), piece.to(), rho, alphas.in(piece.section()), experts, velocity, next);
        }
        return next;
    }

    private void step(
            int from, int to, float[] rho, double[] alphas, List<float[]> experts, float[] velocity, float[] next) {
        if (alphas.length != experts.size()) {
            throw new IllegalArgumentException(
                    "Cannot blend: %d experts need as many coefficients (%d)".formatted(experts.size(), alphas.length));
        }
        int copied = BlockVector.oneHot(alphas);
        if (equals(PLAIN) && copied >= 0) {
            System.arraycopy(experts.get(copied), from, next, from, to - from);
            return;
        }
        double[] update = new double[to - from];
        for (int i = 0; i < alphas.length; i++) {
            float[] theta = experts.get(i);
            for (int k = 0; alphas[i] != 0 && k < update.length; k++) {
                update[k] += alphas[i] * ((double) theta[from + k] - rho[from + k]);
            }
        }
        for (int k = from; k < to; k++) {
            velocity[k] = (float) (momentum * velocity[k] + update[k - from]);
            next[k] = (float) (rho[k] + learningRate * (update[k - from] + momentum * velocity[k]));
        }
    }
}

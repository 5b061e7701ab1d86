package io.solera.rl.blend;

import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.rl.Setting;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
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

    /**
     * The next policy, whose blocks are computed when they are asked for.
     *
     * @param velocity m for the next round; null without momentum
     */
    public record Result(Blocks rho, @Nullable Blocks velocity, double[] squares) {
        /** The norm of the next policy minus the one before, once every block of it was asked for. */
        public double drift() {
            double sum = 0;
            for (double square : squares) {
                sum += square;
            }
            return Math.sqrt(sum);
        }
    }

    /**
     * Some blocks at a time, so that neither the policy nor the experts need be in memory.
     *
     * @param velocity m of the previous round; null in the first
     */
    public Result step(Blocks rho, double[] alphas, List<? extends Blocks> experts, @Nullable Blocks velocity) {
        requireAsMany(alphas, experts.size());
        double[] squares = new double[rho.blocks()];
        Arrays.fill(squares, Double.NaN);
        Next next = new Next(this, rho, alphas, experts, velocity, squares);
        return new Result(next, momentum == 0 ? null : new Velocity(next), squares);
    }

    private record Next(
            OuterStep outer,
            Blocks rho,
            double[] alphas,
            List<? extends Blocks> experts,
            @Nullable Blocks before,
            double[] squares)
            implements Blocks {
        @Override
        public long size() {
            return rho.size();
        }

        @Override
        public float[] block(int b) {
            return block(b, velocityBefore(b));
        }

        private float[] velocityBefore(int b) {
            if (before != null) {
                return before.block(b).clone();
            }
            return new float[(int) Math.min(BlockVector.BLOCK_SIZE, size() - (long) b * BlockVector.BLOCK_SIZE)];
        }

        private float[] block(int b, float[] velocity) {
            float[] from = rho.block(b);
            List<float[]> blocks = experts.stream().map(theta -> theta.block(b)).toList();
            float[] next = outer.stepBlock(from, alphas, blocks, velocity);
            float[] difference = BlockVector.differenceBlock(next, from);
            squares[b] = BlockVector.dotBlock(difference, difference);
            return next;
        }
    }

    private record Velocity(Next next) implements Blocks {
        @Override
        public long size() {
            return next.size();
        }

        @Override
        public float[] block(int b) {
            float[] velocity = next.velocityBefore(b);
            next.block(b, velocity);
            return velocity;
        }
    }

    /** One block of {@link #step}; changes its velocity in place. */
    public float[] stepBlock(float[] rho, double[] alphas, List<float[]> experts, float[] velocity) {
        requireAsMany(alphas, experts.size());
        int copied = BlockVector.oneHot(alphas);
        if (equals(PLAIN) && copied >= 0) {
            return experts.get(copied).clone();
        }
        double[] update = new double[rho.length];
        for (int i = 0; i < alphas.length; i++) {
            float[] theta = experts.get(i);
            for (int k = 0; alphas[i] != 0 && k < update.length; k++) {
                update[k] += alphas[i] * ((double) theta[k] - rho[k]);
            }
        }
        float[] next = new float[rho.length];
        for (int k = 0; k < next.length; k++) {
            velocity[k] = (float) (momentum * velocity[k] + update[k]);
            next[k] = (float) (rho[k] + learningRate * (update[k] + momentum * velocity[k]));
        }
        return next;
    }

    private static void requireAsMany(double[] alphas, int experts) {
        if (alphas.length != experts) {
            throw new IllegalArgumentException(
                    "Cannot blend: %d experts need as many coefficients (%d)".formatted(experts, alphas.length));
        }
    }
}

package io.solera.rl;

import java.io.Serializable;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019), as torch.optim.AdamW computes it: theta -= lr wd
 * theta; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; theta -= lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps).
 * The state belongs to one optimiser; steps change it in place.
 */
public final class AdamW {
    /** @param weightDecay per step and unit of learning rate, on every parameter */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay) implements Serializable {
        public Settings {
            Setting.atLeastZeroBelowOne("beta1", beta1);
            Setting.atLeastZeroBelowOne("beta2", beta2);
            Setting.above("epsilon", epsilon, 0);
            Setting.atLeast("weight-decay", weightDecay, 0);
        }
    }

    /** What an optimiser remembers: both moments, and how many steps it has made. */
    public record State(BlockVector first, BlockVector second, long steps) implements Serializable {
        public static State fresh(long size) {
            return new State(BlockVector.zeros(size), BlockVector.zeros(size), 0);
        }

        /** One that shares nothing with this. */
        public State copy() {
            return new State(first.copy(), second.copy(), steps);
        }
    }

    private final Settings settings;
    private final BlockVector first;
    private final BlockVector second;
    private long steps;

    /** @param state the vectors of which belong to this optimiser from here on */
    public AdamW(Settings settings, State state) {
        this.settings = settings;
        this.first = state.first();
        this.second = state.second();
        this.steps = state.steps();
    }

    /** The moments as they are now; further steps change them. */
    public State state() {
        return new State(first, second, steps);
    }

    /** One step on {@code parameters} in place. */
    public void step(BlockVector parameters, BlockVector gradient, double learningRate) {
        if (parameters.size() != first.size() || gradient.size() != first.size()) {
            throw new IllegalArgumentException("Cannot step: sizes differ (%d parameters, %d gradients, %d moments)"
                    .formatted(parameters.size(), gradient.size(), first.size()));
        }
        steps++;
        float decay = (float) (1 - learningRate * settings.weightDecay());
        float b1 = (float) settings.beta1();
        float b2 = (float) settings.beta2();
        float fresh1 = (float) (1 - settings.beta1());
        float fresh2 = (float) (1 - settings.beta2());
        float scale = (float) (learningRate / (1 - Math.pow(settings.beta1(), (double) steps)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(settings.beta2(), (double) steps)));
        float epsilon = (float) settings.epsilon();
        for (int b = 0; b < parameters.blocks(); b++) {
            float[] theta = parameters.block(b);
            float[] gradients = gradient.block(b);
            float[] m = first.block(b);
            float[] v = second.block(b);
            for (int k = 0; k < theta.length; k++) {
                float g = gradients[k];
                m[k] = b1 * m[k] + fresh1 * g;
                v[k] = b2 * v[k] + fresh2 * g * g;
                theta[k] = decay * theta[k] - scale * m[k] / ((float) Math.sqrt(v[k]) * correction + epsilon);
            }
        }
    }

    /** Scales a gradient in place so that its norm is at most {@code limit} (0: no limit); returns its norm before. */
    public static double clip(BlockVector gradient, double limit) {
        double norm = gradient.norm();
        gradient.scale(clipping(norm, limit));
        return norm;
    }

    /** The factor that brings a norm to {@code limit} where it is above (0: no limit); else 1. */
    public static float clipping(double norm, double limit) {
        return limit > 0 && norm > limit ? (float) (limit / norm) : 1;
    }
}

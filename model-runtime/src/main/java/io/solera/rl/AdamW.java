package io.solera.rl;

import java.io.Serializable;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, ICLR 2019), as torch.optim.AdamW computes it:
 * theta -= lr wd theta; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
 * theta -= lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps). The state belongs to one optimiser; steps change it in place.
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
    }

    private final Settings settings;
    private final float[] first;
    private final float[] second;
    private long steps;

    public AdamW(Settings settings, State state) {
        this.settings = settings;
        this.first = state.first().toArray();
        this.second = state.second().toArray();
        this.steps = state.steps();
    }

    public State state() {
        return new State(BlockVector.of(first), BlockVector.of(second), steps);
    }

    /** One step on {@code parameters} in place. */
    public void step(float[] parameters, float[] gradient, double learningRate) {
        float[] m = first;
        float[] v = second;
        if (parameters.length != m.length || gradient.length != m.length) {
            throw new IllegalArgumentException("Cannot step: sizes differ (%d parameters, %d gradients, %d moments)"
                    .formatted(parameters.length, gradient.length, m.length));
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
        for (int k = 0; k < parameters.length; k++) {
            float g = gradient[k];
            m[k] = b1 * m[k] + fresh1 * g;
            v[k] = b2 * v[k] + fresh2 * g * g;
            parameters[k] = decay * parameters[k] - scale * m[k] / ((float) Math.sqrt(v[k]) * correction + epsilon);
        }
    }

    /** Scales a gradient in place so that its norm is at most {@code limit} (0: no limit); returns its norm before. */
    public static double clip(float[] gradient, double limit) {
        double norm = Math.sqrt(BlockVector.dotBlock(gradient, gradient));
        if (limit > 0 && norm > limit) {
            float scale = (float) (limit / norm);
            for (int k = 0; k < gradient.length; k++) {
                gradient[k] *= scale;
            }
        }
        return norm;
    }
}

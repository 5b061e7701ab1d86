package io.solera.config;

import io.solera.rl.blend.BlendRule;
import io.solera.rl.blend.MinNorm;
import io.solera.rl.blend.OuterStep;
import io.solera.rl.blend.WeightedMean;
import java.io.Serializable;

/** How the experts of a round become the next policy. */
public record BlendSettings(Rule rule, double outerLearningRate, double outerMomentum) implements Serializable {
    /** From the Gram matrix of the experts' updates to their coefficients. */
    public enum Rule {
        /** w_i / sum w_j, as published. */
        WEIGHTED_MEAN,
        /** The point of least norm in the convex hull of the updates (MGDA). */
        MIN_NORM,
        /** The same of the updates brought to norm 1. */
        MIN_NORM_NORMALIZED
    }

    public BlendSettings {
        new OuterStep(outerLearningRate, outerMomentum);
    }

    static BlendSettings defaults() {
        return new BlendSettings(Rule.WEIGHTED_MEAN, 1, 0);
    }

    public BlendRule blendRule() {
        return switch (rule) {
            case WEIGHTED_MEAN -> new WeightedMean();
            case MIN_NORM -> new MinNorm(false);
            case MIN_NORM_NORMALIZED -> new MinNorm(true);
        };
    }

    /** Whether the coefficients are the weights, whatever the updates are. */
    public boolean hasFixedWeights() {
        return rule == Rule.WEIGHTED_MEAN;
    }

    public OuterStep outer() {
        return new OuterStep(outerLearningRate, outerMomentum);
    }
}

package io.solera.config;

import io.solera.problem.SettingException;
import io.solera.rl.blend.AlignedMtl;
import io.solera.rl.blend.BlendRule;
import io.solera.rl.blend.CaGrad;
import io.solera.rl.blend.DualProj;
import io.solera.rl.blend.ImtlG;
import io.solera.rl.blend.MinNorm;
import io.solera.rl.blend.NashMtl;
import io.solera.rl.blend.OuterStep;
import io.solera.rl.blend.PcGrad;
import io.solera.rl.blend.SectionRule;
import io.solera.rl.blend.Sections;
import io.solera.rl.blend.UpGrad;
import io.solera.rl.blend.WeightedMean;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How the experts of a round become the next policy.
 *
 * @param cagradC c of {@code ca-grad}, where absent is 0.5
 * @param perLayer whether the rule looks at each layer of the network on its own
 */
public record BlendSettings(
        Rule rule, @Nullable Double cagradC, boolean perLayer, double outerLearningRate, double outerMomentum)
        implements Serializable {
    /** From the Gram matrix of the updates to their coefficients; docs/blending.md compares them. */
    public enum Rule {
        /** w_i / sum w_j, as published. */
        WEIGHTED_MEAN,
        /** The point of least norm in the convex hull of the updates (MGDA). */
        MIN_NORM,
        /** The same of the updates brought to norm 1. */
        MIN_NORM_NORMALIZED,
        /** Each update without its parts along those that it conflicts with. */
        PC_GRAD,
        /** Near the weighted mean, where the smallest gain is largest. */
        CA_GRAD,
        /** The largest product of gains. */
        NASH_MTL,
        /** The mean of the nearest orthogonal system. */
        ALIGNED_MTL,
        /** Equal projections onto the directions of all updates. */
        IMTL_G,
        /** The mean of the updates, each projected to where it opposes no other. */
        UP_GRAD,
        /** The weighted mean, projected to where it opposes no update. */
        DUAL_PROJ
    }

    public BlendSettings {
        new OuterStep(outerLearningRate, outerMomentum);
        if (rule == Rule.CA_GRAD) {
            cagradC = new CaGrad(cagradC == null ? CaGrad.DEFAULT_C : cagradC).c();
        } else if (cagradC != null) {
            throw new SettingException("cagrad-c", cagradC, "must be absent, except for rule: ca-grad");
        }
    }

    static BlendSettings defaults() {
        return new BlendSettings(Rule.WEIGHTED_MEAN, null, false, 1, 0);
    }

    public BlendRule blendRule() {
        return switch (rule) {
            case WEIGHTED_MEAN -> new WeightedMean();
            case MIN_NORM -> new MinNorm(false);
            case MIN_NORM_NORMALIZED -> new MinNorm(true);
            case PC_GRAD -> new PcGrad();
            case CA_GRAD -> new CaGrad(cagradC == null ? CaGrad.DEFAULT_C : cagradC);
            case NASH_MTL -> new NashMtl();
            case ALIGNED_MTL -> new AlignedMtl();
            case IMTL_G -> new ImtlG();
            case UP_GRAD -> new UpGrad();
            case DUAL_PROJ -> new DualProj();
        };
    }

    /** The rule on the sections that it looks at: fixed weights are the same in all layers. */
    public SectionRule sectionRule(Sections layers) {
        return new SectionRule(blendRule(), perLayer && !hasFixedWeights() ? layers : Sections.WHOLE);
    }

    /** Whether the coefficients are the weights, whatever the updates are. */
    public boolean hasFixedWeights() {
        return rule == Rule.WEIGHTED_MEAN;
    }

    public OuterStep outer() {
        return new OuterStep(outerLearningRate, outerMomentum);
    }
}

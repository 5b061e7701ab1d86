package io.solera.train.update;

import io.solera.config.Method;
import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.config.TrainJob;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.BlendRule;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.WeightedMean;
import io.solera.train.learner.Learner;
import io.solera.train.learner.StepMetrics;
import java.util.Arrays;

/**
 * How the gradients of a learner's objectives become one: sum_i alpha_i g_i with alpha from a {@link BlendRule}, plus
 * the gradient of the divergence from the reference. Fixed weights need no gradient of each: they are in the loss.
 *
 * @param weights of the objectives
 */
record GradientRule(BlendRule rule, Learner learner, double[] weights) {
    /** The rule of gradient mode; a learner of one objective has nothing to combine. */
    static GradientRule of(TrainJob job, Learner learner) {
        BlendRule rule = job.method() == Method.WEIGHTED_GRADIENTS
                        && learner.objectives().size() > 1
                ? job.blend().blendRule()
                : new WeightedMean();
        return new GradientRule(
                rule,
                learner,
                learner.objectives().stream()
                        .mapToDouble(Learner.Objective::weight)
                        .toArray());
    }

    /** Whether it needs the gradient of each objective. */
    boolean perObjective() {
        return !(rule instanceof WeightedMean);
    }

    /**
     * What each gradient is multiplied with.
     *
     * @param all the Gram matrix of the losses of {@link PolicyLoss}, in its order
     */
    double[] alphas(GramMatrix all, RandomKey key, StepMetrics metrics) {
        if (!perObjective()) {
            return new double[] {1};
        }
        GramMatrix gram = all.first(weights.length);
        double[] alphas = rule.coefficients(gram, weights, key);
        describe(gram, alphas, metrics);
        double[] withDivergence = Arrays.copyOf(alphas, all.size());
        Arrays.fill(withDivergence, alphas.length, withDivergence.length, 1);
        return withDivergence;
    }

    private void describe(GramMatrix gram, double[] alphas, StepMetrics metrics) {
        double lowest = 1;
        double[][] cosines = gram.cosines();
        for (double[] row : cosines) {
            lowest = Math.min(lowest, Arrays.stream(row).min().orElse(1));
        }
        metrics.add(RunName.LOWEST_COSINE.text(), lowest);
        for (int i = 0; i < alphas.length; i++) {
            metrics.add(RewardField.coefficient(learner.objectives().get(i).name()), alphas[i]);
        }
    }
}

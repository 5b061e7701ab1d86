package io.solera.train.update;

import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.config.TrainJob;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.SectionRule;
import io.solera.rl.blend.Sections;
import io.solera.rl.blend.WeightedMean;
import io.solera.train.learner.Learner;
import io.solera.train.learner.StepMetrics;
import java.util.List;

/**
 * How the gradients of a learner's objectives become one: sum_i alpha_i g_i with alpha from a {@link SectionRule}, plus
 * the gradient of the divergence from the reference. Fixed weights need no gradient of each: they are in the loss.
 *
 * @param weights of the objectives
 */
record GradientRule(SectionRule rule, Learner learner, double[] weights) {
    /** The rule of gradient mode; a learner of one objective has nothing to combine. */
    static GradientRule of(TrainJob job, Learner learner, Sections layers) {
        boolean each = job.gradients(learner.objectives().size()) > 1;
        SectionRule rule = each ? job.blend().sectionRule(layers) : SectionRule.MEAN;
        return new GradientRule(
                rule,
                learner,
                learner.objectives().stream()
                        .mapToDouble(Learner.Objective::weight)
                        .toArray());
    }

    /** Whether it needs the gradient of each objective. */
    boolean perObjective() {
        return !(rule.rule() instanceof WeightedMean);
    }

    /**
     * What each gradient is multiplied with.
     *
     * @param all the Gram matrices of the losses of {@link PolicyLoss}, in its order, by section
     */
    Coefficients alphas(List<GramMatrix> all, RandomKey key, StepMetrics metrics) {
        if (!perObjective()) {
            return Coefficients.of(1);
        }
        List<GramMatrix> grams =
                all.stream().map(gram -> gram.first(weights.length)).toList();
        Coefficients alphas = rule.coefficients(grams, weights, key);
        describe(grams, alphas.means(), metrics);
        return alphas.withOnes(all.get(0).size() - weights.length);
    }

    private void describe(List<GramMatrix> grams, double[] alphas, StepMetrics metrics) {
        metrics.add(
                RunName.LOWEST_COSINE.text(),
                grams.stream().mapToDouble(GramMatrix::lowestCosine).reduce(1, Math::min));
        for (int i = 0; i < alphas.length; i++) {
            metrics.add(RewardField.coefficient(learner.objectives().get(i).name()), alphas[i]);
        }
    }
}

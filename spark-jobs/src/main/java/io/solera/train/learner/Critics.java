package io.solera.train.learner;

import io.solera.config.AlgorithmSettings.CriticSettings;
import io.solera.rl.Critic;
import io.solera.rl.ExplainedVariance;
import io.solera.rl.Ragged;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A learner's critics in an update, one per objective; none where the algorithm has no critics. They read hidden states
 * of the reference, or, as a shared trunk, of the policy: then their losses are part of the policy's, which is
 *
 * <pre>sum_k w_k (L_k + coefficient V_k),   V_k = 1/2 mean over tokens of max((v - R)^2, (v_clip - R)^2)</pre>
 *
 * over objectives k with weights w and the losses L that {@link PolicyLoss} has. A critic's own step minimises
 * value-coefficient V_k, whatever the trunk and the weights.
 */
final class Critics {
    private final CriticSettings settings;
    private final Map<String, Critic> critics = new LinkedHashMap<>();
    private final Map<String, float[]> gradients = new HashMap<>(); // of this minibatch's passes so far

    /** @param width of the hidden states */
    Critics(CriticSettings settings, int width, Map<String, Critic.State> states) {
        this.settings = settings;
        states.forEach((name, state) -> critics.put(name, new Critic(settings.critic(), width, state)));
    }

    /** Whether there are critics that read the reference's hidden states. */
    boolean readReference() {
        return !critics.isEmpty() && settings.trunk() == CriticSettings.Trunk.REFERENCE;
    }

    /** Whether there are critics that read the policy's hidden states, and train them. */
    boolean readPolicy() {
        return !critics.isEmpty() && settings.trunk() == CriticSettings.Trunk.POLICY;
    }

    /** The critic of an objective; null where the algorithm has none. */
    @Nullable
    Critic of(Learner.Objective objective) {
        return critics.get(objective.name());
    }

    /** Adds the critics' gradients of a pass to those of the minibatch. */
    void differentiate(Minibatch pass, float[][] hidden, long tokens, StepMetrics metrics) {
        differentiate(pass, hidden, tokens, new float[0][], metrics);
    }

    /**
     * The same where the trunk is shared.
     *
     * @param hidden the policy's of the pass, [b][T_b x D]
     * @param tokens in the whole minibatch
     * @return the gradient of sum_k w_k coefficient V_k with respect to them
     */
    float[][] differentiateShared(Minibatch pass, float[][] hidden, long tokens, StepMetrics metrics) {
        float[][] hiddenGradient = Ragged.zerosLike(hidden);
        differentiate(pass, hidden, tokens, hiddenGradient, metrics);
        return hiddenGradient;
    }

    private void differentiate(
            Minibatch pass, float[][] hidden, long tokens, float[][] hiddenGradient, StepMetrics metrics) {
        for (Minibatch.Term term : pass.terms()) {
            Critic critic = of(term.objective());
            if (critic != null) {
                Critic.Gradient gradient = critic.gradient(
                        hidden,
                        term.values(),
                        term.returns(),
                        term.missing(),
                        tokens,
                        term.objective().weight() * settings.trunkShare(),
                        hiddenGradient);
                gradients.merge(term.objective().name(), gradient.values(), Critics::added);
                metrics.add("value_loss", share(pass) * gradient.loss());
            }
        }
    }

    /**
     * A step of every critic down its gradient of the minibatch.
     *
     * @param rate share of the peak learning rate
     */
    void step(Minibatch minibatch, double rate, StepMetrics metrics) {
        for (Minibatch.Term term : minibatch.terms()) {
            Critic critic = of(term.objective());
            float[] gradient = gradients.remove(term.objective().name());
            if (critic != null && gradient != null) {
                critic.step(gradient, rate * settings.learningRate());
                metrics.add(
                        "explained_variance",
                        share(minibatch) * ExplainedVariance.of(term.returns(), term.values(), term.missing()));
            }
        }
    }

    private static double share(Minibatch batch) {
        return 1.0 / batch.terms().size();
    }

    /** What the critics are now. */
    Map<String, Critic.State> states() {
        Map<String, Critic.State> states = new LinkedHashMap<>();
        critics.forEach((name, critic) -> states.put(name, critic.state()));
        return states;
    }

    static float[] added(float[] sum, float[] term) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += term[k];
        }
        return sum;
    }
}

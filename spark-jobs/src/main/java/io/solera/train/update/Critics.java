package io.solera.train.update;

import io.solera.config.AlgorithmSettings.CriticSettings;
import io.solera.rl.Critic;
import io.solera.rl.ExplainedVariance;
import io.solera.rl.Ragged;
import io.solera.train.learner.Learner;
import io.solera.train.learner.StepMetrics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final int width;
    private final Map<String, Critic> critics = new LinkedHashMap<>();

    /** @param width of the hidden states */
    Critics(CriticSettings settings, int width, Map<String, Critic.State> states) {
        this.settings = settings;
        this.width = width;
        states.forEach((name, state) -> critics.put(name, new Critic(settings.critic(), width, state)));
    }

    /** The same critics for another machine. */
    record Sent(CriticSettings settings, int width, Map<String, Critic.State> states) implements Serializable {
        Critics critics() {
            return new Critics(settings, width, states);
        }
    }

    Sent sent() {
        return new Sent(settings, width, states());
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

    /** Values [b][t] of each critic, by its objective, from hidden states [b][T_b x D, row-major]. */
    Map<String, float[][]> values(float[][] hidden) {
        Map<String, float[][]> values = new LinkedHashMap<>();
        critics.forEach((name, critic) -> values.put(name, critic.values(hidden)));
        return values;
    }

    /**
     * The critics' gradients of some samples.
     *
     * @param tokens in the whole minibatch
     */
    CriticGradients gradients(Minibatch samples, float[][] hidden, long tokens) {
        return gradients(samples, hidden, tokens, List.of(), false);
    }

    /** The same and, of a shared trunk, the gradients of the hidden states. */
    record Shared(CriticGradients critics, List<float[][]> hidden) {}

    /**
     * The same where the trunk is shared.
     *
     * @param hidden the policy's of the pass, [b][T_b x D]
     * @param perObjective whether the gradients of the hidden states are those of coefficient V_k, for each objective;
     *     else that of sum_k w_k coefficient V_k
     */
    Shared sharedGradients(Minibatch pass, float[][] hidden, long tokens, boolean perObjective) {
        List<float[][]> into = new ArrayList<>();
        float[][] sum = Ragged.zerosLike(hidden);
        for (int k = 0; k < pass.terms().size(); k++) {
            into.add(perObjective ? Ragged.zerosLike(hidden) : sum);
        }
        CriticGradients gradients = gradients(pass, hidden, tokens, into, !perObjective);
        return new Shared(gradients, perObjective ? into : List.<float[][]>of(sum));
    }

    private CriticGradients gradients(
            Minibatch samples, float[][] hidden, long tokens, List<float[][]> into, boolean weighted) {
        CriticGradients gradients = CriticGradients.none();
        for (int k = 0; k < samples.terms().size(); k++) {
            Minibatch.Term term = samples.terms().get(k);
            Critic critic = of(term.objective());
            if (critic != null) {
                double weight = weighted ? term.objective().weight() : 1;
                Critic.Gradient gradient = critic.gradient(
                        hidden,
                        term.values(),
                        term.returns(),
                        term.missing(),
                        tokens,
                        weight * settings.trunkShare(),
                        into.isEmpty() ? new float[0][] : into.get(k));
                gradients.values().put(term.objective().name(), gradient.values());
                gradients.figures().add("value_loss", share(samples) * gradient.loss());
            }
        }
        return gradients;
    }

    /**
     * A step of every critic down its gradient of the minibatch.
     *
     * @param rate share of the peak learning rate
     */
    void step(CriticGradients gradients, Minibatch minibatch, double rate, StepMetrics metrics) {
        metrics.add(gradients.figures());
        for (Minibatch.Term term : minibatch.terms()) {
            Critic critic = of(term.objective());
            float[] gradient = gradients.values().get(term.objective().name());
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
}

package io.solera.rl.algorithm;

import io.solera.rl.Setting;
import java.io.Serializable;
import java.util.Map;

/**
 * How a policy learns from a scored rollout. Each algorithm is a page of its own; to add one, write its page and name
 * it here. One reward at a time: a learner with several adds their losses with its weights, and the divergence from the
 * reference once.
 */
public sealed interface Algorithm extends Serializable permits Ppo, Grpo, Rloo, Dap {
    /** What a job calls them. */
    enum Name {
        /** Clipped surrogate, with a critic per reward and generalised advantage estimation. */
        PPO,
        /** Advantage of a sample within its prompt's group, in units of the group's deviation, no critic. */
        GRPO,
        /**
         * Advantage of a sample against the others of its group, which is the rollout where there are no prompts, no
         * critic.
         */
        RLOO,
        /** REINVENT's augmented likelihood, no critic. */
        DAP
    }

    /** The algorithm of a name. */
    static Algorithm of(Name name, Settings settings) {
        return switch (name) {
            case PPO -> new Ppo(settings.clipRange, settings.gamma, settings.lambda, settings.kl);
            case GRPO -> new Grpo(settings.clipRange, settings.groupSize, settings.kl);
            case RLOO -> new Rloo(settings.clipRange, settings.groupSize, settings.kl);
            case DAP -> new Dap(settings.sigma, settings.groupSize);
        };
    }

    /**
     * What a job sets for all of them, of which each takes its part.
     *
     * @param groupSize consecutive samples that are compared: those of a prompt, or the whole rollout
     */
    record Settings(double clipRange, double gamma, double lambda, double sigma, int groupSize, Divergence kl) {}

    /**
     * The divergence from the reference, of the algorithms that take one.
     *
     * @param inReward as k1 in the reward of each token, instead of k3 in the loss
     */
    record Divergence(double coefficient, boolean inReward) implements Serializable {}

    /**
     * A rollout as one reward sees it.
     *
     * @param scores [B], NaN where missing
     * @param old log-probabilities [B][T] under the policy that drew the samples
     * @param reference the same under the reference
     * @param values [B][T] of the reward's critic; empty without one
     */
    record Rollout(double[] scores, float[][] old, float[][] reference, float[][] values) {}

    /**
     * @param perToken [B][T], 0 where the score is missing
     * @param returns [B][T] that the critic learns; empty without one
     */
    record Advantages(float[][] perToken, float[][] returns) {}

    /**
     * A pass over some of a minibatch's samples.
     *
     * @param logProbabilities [b][T] under the policy as it is now
     * @param tokens in the whole minibatch
     * @param samples in the whole minibatch
     */
    record Pass(
            float[][] logProbabilities,
            float[][] old,
            float[][] reference,
            double[] scores,
            float[][] advantages,
            long tokens,
            long samples) {}

    /**
     * @param coefficients c = dL/dlog pi [b][T]
     * @param figures the loss and what else is worth reporting, by name; those of passes add up to the minibatch's
     */
    record Loss(float[][] coefficients, Map<String, Double> figures) {}

    /** Whether each reward has a critic. */
    boolean hasCritics();

    /** Whether a sample says something only next to others of its rollout. */
    boolean comparesSamples();

    /** Whether a sample is compared with the others of its prompt. */
    boolean comparesWithinPrompts();

    /** Whether the loss reads the log-probabilities of the policy that drew the samples. */
    default boolean readsOld() {
        return true;
    }

    /** Numbers that are held per token of a rollout next to the networks: the hidden states that critics read. */
    default int heldPerToken(int hiddenSize) {
        return hasCritics() ? hiddenSize : 0;
    }

    /** What a rollout says for one reward, before the first step. */
    Advantages advantages(Rollout rollout);

    /** The loss of one reward on a pass. */
    Loss loss(Pass pass);

    /**
     * The weight of k3, the divergence from the reference, in the loss; 0 where it is elsewhere, or in the loss
     * already.
     */
    double divergenceInLoss();

    /** What keeps the policy near the reference, in words for a model card. */
    default String anchor() {
        return "KL to the reference %s (loss)".formatted(Setting.plain(divergenceInLoss()));
    }
}

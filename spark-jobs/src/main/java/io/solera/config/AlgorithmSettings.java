package io.solera.config;

import io.solera.lang.EnumText;
import io.solera.problem.SettingException;
import io.solera.rl.AdamW;
import io.solera.rl.AugmentedLikelihood;
import io.solera.rl.ClippedLoss;
import io.solera.rl.Critic;
import io.solera.rl.Gae;
import io.solera.rl.Setting;
import io.solera.rl.ValueLoss;
import io.solera.rl.algorithm.Algorithm;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a policy learns from a scored rollout. The defaults are the paper's settings of {@code ppo}.
 *
 * @param epochs passes over a rollout
 * @param minibatches steps of the optimiser in each
 * @param clipRange of the probability ratio ({@code ppo}, {@code grpo}, {@code rloo})
 * @param sigma nats per unit of shaped reward ({@code dap})
 * @param critic of {@code ppo}
 */
public record AlgorithmSettings(
        Algorithm.Name name,
        int epochs,
        int minibatches,
        double clipRange,
        double gamma,
        double lambda,
        double sigma,
        CriticSettings critic)
        implements Serializable {
    /**
     * An MLP on hidden states.
     *
     * @param valueCoefficient scales the critic's own loss, half of the mean square
     * @param gradientClip maximum norm of a step's gradient, 0 for none
     * @param trunk whose hidden states
     * @param coefficient scales half of the mean square in the policy's loss, TRL's {@code vf_coef}; of {@code trunk:
     *     policy}, where absent is 0.1
     */
    public record CriticSettings(
            List<Integer> hiddenLayers,
            double learningRate,
            double valueClipRange,
            double valueCoefficient,
            double gradientClip,
            Trunk trunk,
            @Nullable Double coefficient)
            implements Serializable {
        /** Whose hidden states critics read. */
        public enum Trunk {
            /** The frozen reference's, computed once per rollout. */
            REFERENCE,
            /** The policy's own as it is trained, by the critics' losses too. */
            POLICY
        }

        public CriticSettings {
            if (trunk == Trunk.POLICY && coefficient == null) {
                coefficient = 0.1;
            }
            if (trunk == Trunk.REFERENCE && coefficient != null) {
                throw new SettingException("coefficient", coefficient, "must be absent, except for trunk: policy");
            }
            if (coefficient != null) {
                Setting.aboveZeroAtMostOne("coefficient", coefficient);
            }
            Setting.above("learning-rate", learningRate, 0);
            hiddenLayers = List.copyOf(hiddenLayers);
            critic(hiddenLayers, valueClipRange, valueCoefficient, gradientClip);
        }

        /**
         * What the gradient of a critic's own loss with respect to the hidden states is multiplied with in the policy's
         * gradient; 0 where the policy has no part in it.
         */
        public double trunkShare() {
            return coefficient == null ? 0 : coefficient / valueCoefficient;
        }

        public Critic.Settings critic() {
            return critic(hiddenLayers, valueClipRange, valueCoefficient, gradientClip);
        }

        private static Critic.Settings critic(List<Integer> hidden, double clip, double coefficient, double gradient) {
            return new Critic.Settings(
                    hidden, new ValueLoss(clip, coefficient), gradient, new AdamW.Settings(0.9, 0.999, 1e-8, 0.01));
        }
    }

    public AlgorithmSettings {
        Setting.atLeastOne("epochs", epochs);
        Setting.atLeastOne("minibatches", minibatches);
        new ClippedLoss(clipRange);
        new Gae(gamma, lambda);
        new AugmentedLikelihood(sigma);
        boolean hasCritics = Algorithm.of(name, settings(clipRange, gamma, lambda, sigma, 1, KlSettings.defaults()))
                .hasCritics();
        if (critic.trunk() == CriticSettings.Trunk.POLICY && !hasCritics) {
            throw new SettingException("critic.trunk", "policy", "must be reference, except for ppo");
        }
    }

    /** The same settings of another algorithm. */
    AlgorithmSettings named(Algorithm.Name other) {
        return new AlgorithmSettings(other, epochs, minibatches, clipRange, gamma, lambda, sigma, critic);
    }

    /**
     * The algorithm of a job.
     *
     * @param groupSize consecutive samples that are compared
     */
    Algorithm algorithm(KlSettings kl, int groupSize) {
        return Algorithm.of(name, settings(clipRange, gamma, lambda, sigma, groupSize, kl));
    }

    /** Refuses shards whose parts of a rollout are not the same. */
    void checkShards(int shards, int samplesPerStep, @Nullable PromptSettings prompts) {
        Setting.atLeastOne("shards", shards);
        int group = prompts == null ? 1 : prompts.samplesPerPrompt();
        if (shards > 1 && samplesPerStep % ((long) shards * group) != 0) {
            throw new SettingException(
                    "shards",
                    shards,
                    "must divide samples-per-step, %d%s"
                            .formatted(samplesPerStep, group == 1 ? "" : ", into whole groups of %d".formatted(group)));
        }
        if (shards > 1 && minibatches > samplesPerStep / shards) {
            throw new SettingException(
                    "shards", shards, "must leave a sample to each of %d minibatches".formatted(minibatches));
        }
    }

    /** Refuses what compares samples with each other where there is one. */
    void checkSamples(int shards, int samplesPerStep, @Nullable PromptSettings prompts) {
        String own = EnumText.of(name);
        Algorithm optimisation = algorithm(KlSettings.defaults(), 1);
        String compared = "nothing can be learned from a sample that is compared with no other";
        if (optimisation.comparesSamples() && samplesPerStep / shards < 2) {
            throw new SettingException(
                    "samples-per-step",
                    samplesPerStep,
                    "must be at least %d with %s%s: %s"
                            .formatted(
                                    2 * shards, own, shards == 1 ? "" : " and %d shards".formatted(shards), compared));
        }
        if (optimisation.comparesWithinPrompts() && prompts != null && prompts.samplesPerPrompt() < 2) {
            throw new SettingException(
                    "prompts.samples-per-prompt",
                    prompts.samplesPerPrompt(),
                    "must be at least 2 with %s: %s".formatted(own, compared));
        }
    }

    private static Algorithm.Settings settings(
            double clipRange, double gamma, double lambda, double sigma, int groupSize, KlSettings kl) {
        return new Algorithm.Settings(
                clipRange,
                gamma,
                lambda,
                sigma,
                groupSize,
                new Algorithm.Divergence(kl.coefficient(), kl.form() == KlSettings.Form.IN_REWARD));
    }

    static AlgorithmSettings defaults() {
        return new AlgorithmSettings(
                Algorithm.Name.PPO,
                4,
                4,
                0.2,
                1,
                0.95,
                60,
                new CriticSettings(List.of(16, 8), 1.41e-5, 0.2, 0.1, 1, CriticSettings.Trunk.REFERENCE, null));
    }
}

package io.solera.config;

import io.solera.config.BlendSettings.Rule;
import io.solera.lang.EnumText;
import io.solera.problem.SettingException;
import io.solera.rl.algorithm.Algorithm;
import io.solera.rl.joint.Gdpo;
import io.solera.rl.joint.HypervolumeWeighted;
import io.solera.rl.joint.JointAdvantage;
import io.solera.rl.joint.ParetoRanked;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How several rewards become one policy: the catalogue of what {@code method} may be. The first three leave everything
 * else to the job; the others are presets over the same modes, which set some keys and refuse other values of them.
 * docs/methods.md has the table.
 */
public enum Method {
    /** One expert per reward, blended after every round (Ghari et al., NeurIPS 2025). */
    ITERATIVE_RS(Mode.EXPERTS),
    /** One policy; the rewards' losses, or their gradients, combined at every step of the optimiser. */
    WEIGHTED_GRADIENTS(Mode.LOSSES),
    /** One policy on one score: the weighted sum of standardised rewards. */
    MORLHF(Mode.SCORE),
    /** Experts that are blended once, at the end (Rame et al., NeurIPS 2023). */
    REWARDED_SOUPS(Mode.EXPERTS),
    /** Multiple-gradient descent (Desideri, 2012; Sener and Koltun, NeurIPS 2018). */
    MGDA(Mode.LOSSES),
    /** Yu et al., NeurIPS 2020. */
    PCGRAD(Mode.LOSSES),
    /** Liu et al., NeurIPS 2021. */
    CAGRAD(Mode.LOSSES),
    /** Navon et al., ICML 2022. */
    NASH_MTL(Mode.LOSSES),
    /** Senushkin et al., CVPR 2023. */
    ALIGNED_MTL(Mode.LOSSES),
    /** Quinton and Rey, 2024. */
    UPGRAD(Mode.LOSSES),
    /** Advantages normalised per reward, added, whitened (Liu et al., 2026). */
    GDPO(Mode.SCORE),
    /** Advantages from non-dominated ranks with crowding (Deb et al., 2002). */
    PARETO_RANK(Mode.SCORE),
    /** {@link #GDPO} with weights from the hypervolume's gradient. */
    HYPERVOLUME(Mode.SCORE),
    /** {@code single:REWARD}: one expert; the other rewards are measured. */
    SINGLE(Mode.EXPERTS);

    /** What is trained, and on what. */
    public enum Mode {
        /** A policy per reward. */
        EXPERTS,
        /** One policy, which has a loss per reward. */
        LOSSES,
        /** One policy, which has one loss. */
        SCORE
    }

    /** Between a method and the reward that it names. */
    private static final String SEPARATOR = ":";

    private static final int ROUNDS = 25;
    private static final int STEPS = 4;

    private final Mode mode;

    Method(Mode mode) {
        this.mode = mode;
    }

    /** Rules of the blend that go with it, its own first; none: any. */
    private List<Rule> rules() {
        return switch (this) {
            case ITERATIVE_RS, WEIGHTED_GRADIENTS, MORLHF -> List.of();
            case MGDA -> List.of(Rule.MIN_NORM, Rule.MIN_NORM_NORMALIZED);
            case PCGRAD -> List.of(Rule.PC_GRAD);
            case CAGRAD -> List.of(Rule.CA_GRAD);
            case NASH_MTL -> List.of(Rule.NASH_MTL);
            case ALIGNED_MTL -> List.of(Rule.ALIGNED_MTL);
            case UPGRAD -> List.of(Rule.UP_GRAD);
            case REWARDED_SOUPS, GDPO, PARETO_RANK, HYPERVOLUME, SINGLE -> List.of(Rule.WEIGHTED_MEAN);
        };
    }

    /** What takes the place of the algorithm's advantages; null where they stay. */
    public @Nullable JointAdvantage joint() {
        return switch (this) {
            case GDPO -> new Gdpo();
            case PARETO_RANK -> new ParetoRanked();
            case HYPERVOLUME -> new HypervolumeWeighted();
            default -> null;
        };
    }

    /** The method of a job's text, such as {@code mgda} or {@code single:qed}; an unknown one is refused. */
    static Method of(String text) {
        int end = text.indexOf(SEPARATOR);
        Method method = EnumText.find(Method.class, end < 0 ? text : text.substring(0, end))
                .orElse(null);
        if (method == null || (method == SINGLE) == (end < 0)) {
            throw new SettingException(
                    "method",
                    text,
                    "must be one of %s"
                            .formatted(
                                    Arrays.stream(values()).map(Method::shown).collect(Collectors.joining(", "))));
        }
        return method;
    }

    private static String shown(Method method) {
        return EnumText.of(method) + (method == SINGLE ? SEPARATOR + "REWARD" : "");
    }

    /** Those of a job's rewards that a method of this text trains on. */
    static List<String> trained(String text, Collection<String> rewards) {
        return of(text) == SINGLE ? List.of(text.substring(text.indexOf(SEPARATOR) + 1)) : List.copyOf(rewards);
    }

    /** Refuses a method that names a reward which the job does not have, or gives no weight. */
    static void checkTrained(String method, Map<String, RewardSettings> rewards) {
        if (of(method) != SINGLE || rewards.isEmpty()) {
            return;
        }
        String name = trained(method, rewards.keySet()).get(0);
        RewardSettings reward = rewards.get(name);
        if (reward == null) {
            throw new SettingException(
                    "method", method, "must name one of the job's rewards, %s".formatted(rewards.keySet()));
        }
        if (!(reward.weight() > 0)) {
            throw new SettingException(
                    "rewards.%s.weight".formatted(name),
                    reward.weight(),
                    "must be above 0 with method: %s".formatted(method));
        }
    }

    public Mode mode() {
        return mode;
    }

    /** R of a job that does not say. */
    int rounds() {
        return this == REWARDED_SOUPS ? 1 : ROUNDS;
    }

    /** m of a job that does not say: as many steps in all, whatever the method. */
    int stepsPerRound() {
        return ROUNDS * STEPS / rounds();
    }

    /** The algorithm of a job that does not say. */
    AlgorithmSettings algorithm() {
        AlgorithmSettings usual = AlgorithmSettings.defaults();
        return joint() == null ? usual : usual.named(Algorithm.Name.GRPO);
    }

    /** The blend of a job that does not name a rule. */
    BlendSettings blend() {
        return rules().isEmpty() ? BlendSettings.defaults() : new BlendSettings(rules().get(0), null, false, 1, 0);
    }

    /** Refuses settings that contradict the method; those of the first three methods never do. */
    void check(
            String text,
            int rounds,
            int stepsPerRound,
            int expertsPerRound,
            List<StageSettings> stages,
            AlgorithmSettings algorithm,
            BlendSettings blend) {
        List<Rule> rules = rules();
        if (rules.isEmpty()) {
            return;
        }
        if (!rules.contains(blend.rule())) {
            String own = rules.stream().map(EnumText::of).collect(Collectors.joining(" or "));
            throw new SettingException(
                    "blend.rule",
                    EnumText.of(blend.rule()),
                    "must be %s with method: %s, or left out; any rule goes with weighted-gradients and iterative-rs"
                            .formatted(own, text));
        }
        if (joint() != null && algorithm.name() != Algorithm.Name.GRPO) {
            throw new SettingException(
                    "algorithm.name",
                    EnumText.of(algorithm.name()),
                    "must be grpo with method: %s, whose advantages take the place of grpo's; or left out"
                            .formatted(text));
        }
        if (expertsPerRound != 0) {
            throw new SettingException(
                    "experts-per-round",
                    expertsPerRound,
                    "must be 0 with method: %s, or left out; method: iterative-rs draws experts".formatted(text));
        }
        if (this == REWARDED_SOUPS) {
            checkSoup(rounds, stepsPerRound, stages, blend);
        }
        if (this == SINGLE && !stages.isEmpty()) {
            throw new SettingException(
                    "stages",
                    "a list",
                    "must be absent with method: %s; a stage of method: iterative-rs can have one reward"
                            .formatted(text));
        }
    }

    private static void checkSoup(int rounds, int stepsPerRound, List<StageSettings> stages, BlendSettings blend) {
        if (!stages.isEmpty()) {
            throw new SettingException(
                    "stages", "a list", "must be absent with method: rewarded-soups, which has one round");
        }
        if (rounds != 1) {
            throw new SettingException(
                    "rounds",
                    rounds,
                    "must be 1 with method: rewarded-soups, which blends once, after all steps; as many steps are"
                            + " rounds: 1 and steps-per-round: %d".formatted((long) rounds * stepsPerRound));
        }
        if (blend.outerLearningRate() != 1) {
            throw new SettingException(
                    "blend.outer-learning-rate",
                    blend.outerLearningRate(),
                    "must be 1 with method: rewarded-soups, which interpolates");
        }
    }
}

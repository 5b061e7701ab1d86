package io.solera.config;

import io.solera.checkpoint.FullParameters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Trainable;
import io.solera.config.export.ExportSettings;
import io.solera.config.yaml.ConfigException;
import io.solera.config.yaml.ConfigReader;
import io.solera.config.yaml.ConfigWriter;
import io.solera.lang.EnumText;
import io.solera.model.SamplingSettings;
import io.solera.problem.SettingException;
import io.solera.reward.catalogue.Input;
import io.solera.reward.catalogue.Permission;
import io.solera.rl.Setting;
import io.solera.rl.algorithm.Algorithm;
import io.solera.rl.joint.JointAdvantage;
import io.solera.rl.measure.Threshold;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fine-tuning job.
 *
 * @param model the policy to start from: {@code prior}, which ships with Solera, or a folder in the Hugging Face layout
 * @param rewards by name, in the order of the file
 * @param observe names of rewards that evaluations measure, and no round trains on
 * @param method how several rewards become one policy: a name of {@link Method}, {@code single:REWARD} among them
 * @param rounds R; after each the experts are blended; with stages their max-rounds count instead
 * @param stepsPerRound m: rollouts that each expert learns from in a round
 * @param expertsPerRound M: how many rewards train in a round; 0 for all
 * @param shards S: copies of an expert that share its samples, step on their own, and are averaged after a round
 * @param samplesPerStep in one expert's rollout
 * @param microBatch samples in one unit of work of a rollout
 * @param updateBatch samples in one unit of work of an update
 * @param lora trains adapters next to the model, which stays as it is; absent: all parameters are trained
 * @param memory of updates, to which their passes are cut
 * @param prompts that the policy completes; absent: it writes from the begin token on
 * @param diversityFilter keeps learners from being paid for the same again; absent: none
 * @param replay draws a learner's best molecules into its batches again; absent: none
 * @param stages one after another, each with some of the rewards; none: all rewards in all rounds
 * @param stopWhen ends the run before its last round; absent: it never does
 * @param missingLimit the run stops when more than this share of a step's scores timed out or failed
 * @param logProbabilityLimit the run stops when a token's log-probability in an update differs by more from the one
 *     that it was drawn with
 * @param keepRounds how many of the last rounds keep their policies
 * @param bestBy what decides which round is the best
 * @param export to tables of a Spark catalog; absent: none; no part of the result
 * @param execution where the steps of a round run; no part of the result
 * @param partitions tasks that a rollout is spread over, 0 for one per core; no part of the result
 * @param track where the run can be watched in addition to its own report; no part of the result
 */
public record TrainJob(
        String model,
        Map<String, RewardSettings> rewards,
        List<String> observe,
        List<Permission> allow,
        String method,
        int rounds,
        int stepsPerRound,
        int expertsPerRound,
        int shards,
        int samplesPerStep,
        int microBatch,
        int updateBatch,
        MemorySettings memory,
        @Nullable LoraSettings lora,
        @Nullable PromptSettings prompts,
        SamplingSettings sampling,
        AlgorithmSettings algorithm,
        KlSettings kl,
        OptimizerSettings optimizer,
        BlendSettings blend,
        @Nullable DiversityFilterSettings diversityFilter,
        @Nullable ReplaySettings replay,
        List<StageSettings> stages,
        EvaluationSettings evaluation,
        @Nullable StopSettings stopWhen,
        double missingLimit,
        double logProbabilityLimit,
        int keepRounds,
        BestBy bestBy,
        long seed,
        @Nullable ExportSettings export,
        Execution execution,
        int partitions,
        List<Tracking> track)
        implements Serializable {
    private static final int MAX_NEW_TOKENS = 100;
    /** Keys that do not change what a run computes. */
    private static final Set<String> NOT_IDENTITY =
            Set.of("partitions", "execution", "memory.driver-mib", "keep-rounds", "allow", "export", "track");

    /** A measure of a round's evaluation. */
    public enum BestBy {
        HYPERVOLUME,
        SUCCESS,
        GEOMETRIC_MEAN;

        /** As a job names it. */
        public String key() {
            return EnumText.of(this);
        }
    }

    /** What shows a run in a program of others while it trains. */
    public enum Tracking {
        /** An event file in the run folder. */
        TENSORBOARD,
        /** A run of the MLflow server that the environment names. */
        MLFLOW
    }

    public TrainJob {
        rewards = Collections.unmodifiableMap(new LinkedHashMap<>(rewards));
        RewardNames.check(rewards);
        observe = List.copyOf(observe);
        allow = List.copyOf(allow);
        stages = List.copyOf(stages);
        track = List.copyOf(track);
        for (int k = 0; k < stages.size(); k++) {
            stages.get(k).check("stages[" + k + "]", rewards, evaluation);
        }
        if (Set.copyOf(track).size() < track.size()) {
            throw new SettingException("track", track, "must name each once");
        }
        Setting.atLeastOne("rounds", rounds);
        Setting.atLeastOne("steps-per-round", stepsPerRound);
        Setting.atLeastOne("samples-per-step", samplesPerStep);
        Setting.atLeastOne("micro-batch", microBatch);
        Setting.atLeastOne("update-batch", updateBatch);
        Setting.atLeastOne("keep-rounds", keepRounds);
        Method.checkTrained(method, rewards);
        StageSettings.checkObserved(observe, method, rewards, stages);
        algorithm.checkShards(shards, samplesPerStep, prompts);
        if (expertsPerRound < 0) {
            throw new SettingException("experts-per-round", expertsPerRound, "must be 0 for all, or more");
        }
        Method.of(method).check(method, rounds, stepsPerRound, expertsPerRound, stages, algorithm, blend);
        if (partitions < 0) {
            throw new SettingException("partitions", partitions, "must be 0 for one per core, or more");
        }
        if (!(missingLimit >= 0 && missingLimit <= 1)) {
            throw new SettingException("missing-limit", missingLimit, "must be from 0 to 1");
        }
        if (!(logProbabilityLimit > 0)) {
            throw new SettingException("log-probability-limit", logProbabilityLimit, "must be above 0");
        }
        if (algorithm.minibatches() > samplesPerStep) {
            throw new SettingException(
                    "algorithm.minibatches",
                    algorithm.minibatches(),
                    "must be at most samples-per-step, %d".formatted(samplesPerStep));
        }
        for (Map.Entry<String, RewardSettings> reward : rewards.entrySet()) {
            String other = reward.getValue().other(reward.getKey());
            if (other != null && prompts == null) {
                throw new SettingException(
                        "rewards.%s.function".formatted(reward.getKey()),
                        reward.getValue().definition(reward.getKey()),
                        "must come with prompts, whose table has the column %s".formatted(other));
            }
        }
        if (prompts != null && samplesPerStep % prompts.samplesPerPrompt() != 0) {
            throw new SettingException(
                    "samples-per-step",
                    samplesPerStep,
                    "must be a multiple of prompts.samples-per-prompt, %d".formatted(prompts.samplesPerPrompt()));
        }
        if (lora != null && optimizer.moments() == OptimizerSettings.Moments.KEEP) {
            throw new SettingException(
                    "optimizer.moments",
                    "keep",
                    "must be reset-each-round with lora, whose adapters are fresh in each round");
        }
        if (lora != null && blend.outerMomentum() != 0) {
            throw new SettingException(
                    "blend.outer-momentum",
                    blend.outerMomentum(),
                    "must be 0 with lora: its adapters are fresh in each round; use outer-learning-rate");
        }
        if (prompts != null && replay != null) {
            throw new SettingException("replay", "a mapping", "must be absent with prompts");
        }
        StageSettings.checkWeights(observe, rewards);
        algorithm.checkSamples(shards, samplesPerStep, prompts);
        if (bestBy == BestBy.SUCCESS && !rewards.isEmpty() && !statesThresholds(rewards)) {
            throw new SettingException(
                    "best-by",
                    "success",
                    "must be hypervolume or geometric-mean: no reward states at-least or at-most");
        }
        if (stopWhen != null && evaluation.roundSamples() == 0) {
            throw new SettingException(
                    "stop-when",
                    ConfigWriter.write(stopWhen).strip().replace("\n", ", "),
                    "must be absent where evaluation.round-samples is 0, since rounds are not measured");
        }
        if (kl.form() == KlSettings.Form.IN_REWARD
                && !algorithm.algorithm(kl, 1).hasCritics()) {
            throw new SettingException("kl.form", "in-reward", "must be loss, except for ppo");
        }
    }

    private static boolean statesThresholds(Map<String, RewardSettings> rewards) {
        return rewards.values().stream().anyMatch(reward -> !reward.threshold().equals(Threshold.NONE));
    }

    /** The paper's settings; a job adds its rewards. */
    public static TrainJob defaults() {
        return defaults(MAX_NEW_TOKENS, Method.ITERATIVE_RS, false);
    }

    /**
     * What a job is that does not say otherwise.
     *
     * @param method which the job names, or which it has as it names none
     * @param namesRule whether it names a rule of the blend, which then comes with the defaults of that rule
     */
    private static TrainJob defaults(int maxNewTokens, Method method, boolean namesRule) {
        return new TrainJob(
                "prior",
                Map.of(),
                List.of(),
                List.of(),
                EnumText.of(Method.ITERATIVE_RS),
                method.rounds(),
                method.stepsPerRound(),
                0,
                1,
                128,
                64,
                16,
                MemorySettings.defaults(),
                null,
                null,
                new SamplingSettings(maxNewTokens, 0.7, 0, 1),
                method.algorithm(),
                KlSettings.defaults(),
                OptimizerSettings.defaults(),
                namesRule ? BlendSettings.defaults() : method.blend(),
                null,
                null,
                List.of(),
                EvaluationSettings.defaults(),
                null,
                0.1,
                0.01,
                2,
                BestBy.HYPERVOLUME,
                1,
                null,
                Execution.AUTO,
                0,
                List.of());
    }

    /** @throws ConfigException naming the key and its place */
    public static TrainJob read(String yaml, List<String> overrides) {
        return read(yaml, overrides, Integer.MAX_VALUE);
    }

    /**
     * The same for a policy that can read so many tokens: where the job does not say {@code sampling.max-new-tokens},
     * no more than fit.
     *
     * @throws ConfigException naming the key and its place
     */
    public static TrainJob read(String yaml, List<String> overrides, int positions) {
        int maxNewTokens = Math.max(1, Math.min(MAX_NEW_TOKENS, positions - 1));
        TrainJob job = ConfigReader.read(yaml, defaults(yaml, overrides, maxNewTokens), overrides);
        if (job.rewards().isEmpty()) {
            throw new ConfigException("Invalid rewards: none (must name at least one)");
        }
        return job;
    }

    private static TrainJob defaults(String yaml, List<String> overrides, int maxNewTokens) {
        String method = ConfigReader.text(yaml, overrides, "method").orElse(EnumText.of(Method.ITERATIVE_RS));
        try {
            return defaults(
                    maxNewTokens,
                    Method.of(method),
                    ConfigReader.text(yaml, overrides, "blend.rule").isPresent());
        } catch (SettingException refused) {
            throw ConfigReader.at(yaml, overrides, refused);
        }
    }

    /** What its rewards may do that can harm. */
    public Set<Permission> permissions() {
        return Set.copyOf(allow);
    }

    /** Whether some reward reads its samples as molecules. */
    public boolean writesMolecules() {
        return rewards.entrySet().stream()
                .flatMap(reward -> reward.getValue().entry(reward.getKey()).stream())
                .anyMatch(entry -> entry.input() == Input.SMILES);
    }

    /** How many samples of a rollout, one after the other, complete the same prompt. */
    public int groupSize() {
        return prompts == null ? Integer.MAX_VALUE : prompts.samplesPerPrompt();
    }

    /** How the policy learns from a scored rollout. */
    public Algorithm policyOptimisation() {
        return algorithm.algorithm(kl, groupSize());
    }

    /** Whether adapters are trained, and the policy itself stays as it is. */
    public boolean trainsAdapters() {
        return lora != null;
    }

    /** What is trained, and on what. */
    public Method.Mode mode() {
        return Method.of(method).mode();
    }

    /** The method of the same mode that leaves all other keys to the job, for runs that only cost the same. */
    public String plainMethod() {
        return EnumText.of(
                switch (mode()) {
                    case EXPERTS -> Method.ITERATIVE_RS;
                    case LOSSES -> Method.WEIGHTED_GRADIENTS;
                    case SCORE -> Method.MORLHF;
                });
    }

    /** What takes the place of the algorithm's advantages; null where they stay. */
    public @Nullable JointAdvantage joint() {
        return Method.of(method).joint();
    }

    /** Those of all rewards that some round may train on. */
    public List<String> trained(List<String> all) {
        return Method.trained(method, all).stream()
                .filter(name -> !observe.contains(name))
                .toList();
    }

    /** The stages of a run on these rewards; without any, one stage of all that are trained on. */
    public List<StageSettings> trainedStages(List<String> all) {
        return stages.isEmpty() ? List.of(new StageSettings(null, trained(all), null, rounds, null)) : stages;
    }

    /** Learners that train at the same time on so many rewards, without their shards. */
    public int learners(int of) {
        if (mode() != Method.Mode.EXPERTS) {
            return 1;
        }
        return expertsPerRound == 0 ? of : Math.min(of, expertsPerRound);
    }

    /** Vectors that a backward pass on so many rewards computes: one, or one of each and of the divergence. */
    public int gradients(int of) {
        boolean each = mode() == Method.Mode.LOSSES && of > 1 && !blend.hasFixedWeights();
        return each ? of + 1 : 1;
    }

    /**
     * Passes over a rollout before its first gradient: one under the reference, and one under the policy where the
     * log-probabilities that samples were drawn with are not those of the loss, or a critic reads its hidden states.
     */
    public int passesBefore() {
        boolean dropout = lora != null && lora.dropout() > 0;
        boolean shared = policyOptimisation().hasCritics()
                && algorithm.critic().trunk() == AlgorithmSettings.CriticSettings.Trunk.POLICY;
        return dropout || shared ? 2 : 1;
    }

    /** What of a policy is trained. */
    public Trainable trainable(NetworkConfig network) {
        return lora == null ? new FullParameters() : lora.of(network);
    }

    /** The rounds that a run has at most. */
    public int allRounds() {
        return stages.isEmpty()
                ? rounds
                : stages.stream().mapToInt(StageSettings::maxRounds).sum();
    }

    /** The steps that the learning rate's schedule runs over. */
    public long scheduledSteps() {
        return optimizer.schedule() == OptimizerSettings.Span.RUN ? (long) allRounds() * stepsPerRound : stepsPerRound;
    }

    /** Whether diversity filters forget when a stage ends. */
    public boolean purgesBetweenStages() {
        return diversityFilter != null && diversityFilter.purgeBetweenStages();
    }

    /** The resolved job as YAML. */
    public String text() {
        return ConfigWriter.write(this);
    }

    /** What of the job decides on its result: two jobs of the same identity end in the same bytes. */
    public String identity() {
        return ConfigWriter.write(this, NOT_IDENTITY);
    }
}

package io.solera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.config.yaml.ConfigException;
import io.solera.model.SamplingSettings;
import io.solera.reward.Shaping;
import io.solera.reward.catalogue.Permission;
import io.solera.rl.BucketPenalty;
import io.solera.rl.Schedule;
import io.solera.rl.algorithm.Algorithm;
import io.solera.rl.blend.AlignedMtl;
import io.solera.rl.blend.BlendRule;
import io.solera.rl.blend.CaGrad;
import io.solera.rl.blend.DualProj;
import io.solera.rl.blend.ImtlG;
import io.solera.rl.blend.MinNorm;
import io.solera.rl.blend.NashMtl;
import io.solera.rl.blend.PcGrad;
import io.solera.rl.blend.SectionRule;
import io.solera.rl.blend.Sections;
import io.solera.rl.blend.UpGrad;
import io.solera.rl.blend.WeightedMean;
import io.solera.rl.measure.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTrainJob {
    private static final String QED = "rewards: {qed: }\n";

    @Test
    void defaultsAreThePapers() {
        TrainJob job = TrainJob.read(QED, List.of());
        assertThat(job.method()).isEqualTo("iterative-rs");
        assertThat(job.rounds()).isEqualTo(25);
        assertThat(job.stepsPerRound()).isEqualTo(4);
        assertThat(job.samplesPerStep()).isEqualTo(128);
        assertThat(job.sampling()).isEqualTo(new SamplingSettings(100, 0.7, 0, 1));
        assertThat(job.algorithm())
                .isEqualTo(new AlgorithmSettings(
                        Algorithm.Name.PPO,
                        4,
                        4,
                        0.2,
                        1,
                        0.95,
                        60,
                        new AlgorithmSettings.CriticSettings(
                                List.of(16, 8),
                                1.41e-5,
                                0.2,
                                0.1,
                                1,
                                AlgorithmSettings.CriticSettings.Trunk.REFERENCE,
                                null)));
        assertThat(job.kl()).isEqualTo(new KlSettings(0.05, KlSettings.Form.LOSS));
        assertThat(job.optimizer().learningRate()).isEqualTo(1.41e-5);
        assertThat(job.optimizer().decay()).isEqualTo(Schedule.Decay.LINEAR);
        assertThat(job.optimizer().moments()).isEqualTo(OptimizerSettings.Moments.RESET_EACH_ROUND);
    }

    @Test
    void everyRuleIsNamedAsItsPaper() {
        assertThat(rule("weighted-mean")).isEqualTo(new WeightedMean());
        assertThat(rule("min-norm")).isEqualTo(new MinNorm(false));
        assertThat(rule("min-norm-normalized")).isEqualTo(new MinNorm(true));
        assertThat(rule("pc-grad")).isEqualTo(new PcGrad());
        assertThat(rule("ca-grad")).isEqualTo(new CaGrad(0.5));
        assertThat(rule("nash-mtl")).isEqualTo(new NashMtl());
        assertThat(rule("aligned-mtl")).isEqualTo(new AlignedMtl());
        assertThat(rule("imtl-g")).isEqualTo(new ImtlG());
        assertThat(rule("up-grad")).isEqualTo(new UpGrad());
        assertThat(rule("dual-proj")).isEqualTo(new DualProj());
        assertThatThrownBy(() -> rule("pcgrad"))
                .hasMessageContaining("Invalid blend.rule: pcgrad")
                .hasMessageContaining("must be one of weighted-mean, min-norm, min-norm-normalized, pc-grad, ca-grad,"
                        + " nash-mtl, aligned-mtl, imtl-g, up-grad, dual-proj");
    }

    private static BlendRule rule(String name) {
        return TrainJob.read(QED, List.of("blend.rule=" + name)).blend().blendRule();
    }

    @Test
    void onlyARuleThatLooksAtUpdatesLooksAtLayers() {
        Sections layers =
                new Sections.Builder().add("rest", 1).add("layer 0", 1).build();
        TrainJob job = TrainJob.read(QED, List.of("blend.rule=up-grad", "blend.per-layer=true"));
        assertThat(job.blend().sectionRule(layers)).isEqualTo(new SectionRule(new UpGrad(), layers));
        assertThat(TrainJob.read(job.text(), List.of()).blend()).isEqualTo(job.blend());
        assertThat(TrainJob.read(QED, List.of("blend.rule=up-grad")).blend().sectionRule(layers))
                .isEqualTo(new SectionRule(new UpGrad(), Sections.WHOLE));
        assertThat(TrainJob.read(QED, List.of("blend.per-layer=true")).blend().sectionRule(layers))
                .isEqualTo(SectionRule.MEAN);
    }

    @Test
    void theRadiusOfCaGradIsItsOwnSetting() {
        TrainJob job = TrainJob.read(QED, List.of("blend.rule=ca-grad", "blend.cagrad-c=0.25"));
        assertThat(job.blend().blendRule()).isEqualTo(new CaGrad(0.25));
        assertThat(TrainJob.read(job.text(), List.of()).blend()).isEqualTo(job.blend());
        assertThatThrownBy(() -> TrainJob.read(QED, List.of("blend.rule=ca-grad", "blend.cagrad-c=1")))
                .hasMessageContaining("Invalid blend.cagrad-c: 1 ")
                .hasMessageContaining("(must be 0 or more and below 1)");
        assertThatThrownBy(() -> TrainJob.read(QED, List.of("blend.rule=up-grad", "blend.cagrad-c=0.5")))
                .hasMessageContaining("Invalid blend.cagrad-c: 0.5 ")
                .hasMessageContaining("(must be absent, except for rule: ca-grad)");
    }

    @Test
    void aRewardHasItsCatalogueEntryUnlessTheJobSaysOtherwise() {
        TrainJob job = TrainJob.read("""
            rewards:
              qed: {at-least: 0.8}
              aspirin: {function: "similarity(reference='CC(=O)Oc1ccccc1C(=O)O')", weight: 2, shaping: 'sigmoid(0.2, \
              0.6)'}
            """, List.of());
        assertThat(job.rewards().keySet()).containsExactly("qed", "aspirin");
        RewardSettings qed = job.rewards().get("qed");
        assertThat(qed.shaping("qed")).isEqualTo(Shaping.IDENTITY);
        assertThat(qed.threshold()).isEqualTo(new Threshold(0.8, Double.POSITIVE_INFINITY));
        RewardSettings aspirin = job.rewards().get("aspirin");
        assertThat(aspirin.call("aspirin").name()).isEqualTo("similarity");
        assertThat(aspirin.shaping("aspirin")).isEqualTo(Shaping.parse("sigmoid(0.2, 0.6)"));
        assertThat(aspirin.weight()).isEqualTo(2);
    }

    @Test
    void aSharedTrunkHasACoefficient() {
        String shared = "algorithm.critic.trunk=policy";
        TrainJob job = TrainJob.read(QED, List.of(shared));
        assertThat(job.algorithm().critic().coefficient()).isEqualTo(0.1);
        assertThat(job.text()).contains("trunk: policy").contains("coefficient: 0.1");
        assertThat(TrainJob.read(job.text(), List.of())).isEqualTo(job);
        assertThat(TrainJob.read(QED, List.of(shared, "algorithm.critic.coefficient=0.1"))
                        .identity())
                .isEqualTo(job.identity());
        assertThat(TrainJob.read(QED, List.of(shared, "algorithm.critic.coefficient=0.5"))
                        .algorithm()
                        .critic()
                        .trunkShare())
                .isEqualTo(5);
        assertThat(TrainJob.read(QED, List.of("algorithm.name=grpo"))
                        .algorithm()
                        .critic()
                        .trunkShare())
                .isZero();
        assertThatThrownBy(() -> TrainJob.read(QED, List.of("algorithm.critic.coefficient=0.1")))
                .hasMessageContaining("Invalid algorithm.critic.coefficient: 0.1 ")
                .hasMessageContaining("(must be absent, except for trunk: policy)");
        for (String wrong : List.of("0", "-0.1", "1.5")) {
            assertThatThrownBy(() -> TrainJob.read(QED, List.of(shared, "algorithm.critic.coefficient=" + wrong)))
                    .hasMessageContaining("Invalid algorithm.critic.coefficient: ")
                    .hasMessageContaining("(must be above 0 and at most 1)");
        }
        for (String other : List.of("grpo", "rloo", "dap")) {
            assertThatThrownBy(() -> TrainJob.read(QED, List.of(shared, "algorithm.name=" + other)))
                    .hasMessageContaining("Invalid algorithm.critic.trunk: policy ")
                    .hasMessageContaining("(must be reference, except for ppo)");
        }
    }

    @Test
    void theResolvedTextIsTheSameJob() {
        TrainJob job = TrainJob.read(QED + "seed: 7\n", List.of("rewards.qed.weight=0.4", "algorithm.name=dap"));
        assertThat(TrainJob.read(job.text(), List.of())).isEqualTo(job);
    }

    @Test
    void identityLeavesOutWhatDoesNotChangeTheResult() {
        String one =
                TrainJob.read(QED, List.of("partitions=1", "keep-rounds=1")).identity();
        assertThat(TrainJob.read(QED, List.of("partitions=4")).identity()).isEqualTo(one);
        assertThat(TrainJob.read(QED, List.of("seed=2")).identity()).isNotEqualTo(one);
    }

    @Test
    void rejectsWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> TrainJob.read("seed: 1\n", List.of()))
                .hasMessage("Invalid rewards: none (must name at least one)");
        assertThatThrownBy(() -> TrainJob.read(QED, List.of("samples-per-step=3")))
                .hasMessageContaining("Invalid algorithm.minibatches: 4")
                .hasMessageContaining("must be at most samples-per-step, 3");
        assertThatThrownBy(() -> TrainJob.read(QED, List.of("kl.form=in-reward", "algorithm.name=rloo")))
                .hasMessageContaining("Invalid kl.form: in-reward")
                .hasMessageContaining("must be loss, except for ppo");
        assertThatThrownBy(() -> TrainJob.read("rewards: {Qed: {function: qed}}\n", List.of()))
                .hasMessageContaining("Qed")
                .hasMessageContaining("small letters");
    }

    @Test
    void filterReplayAndStagesHaveReinventsDefaults() {
        TrainJob job = TrainJob.read(QED + """
            diversity-filter: {name: scaffold-similarity}
            replay: {}
            stages:
              - {rewards: [qed], max-rounds: 4}
              - {name: more, rewards: [qed], min-rounds: 2, max-rounds: 3, target: 0.8}
            """, List.of());
        assertThat(job.diversityFilter())
                .isEqualTo(new DiversityFilterSettings(
                        DiversityFilterSettings.Name.SCAFFOLD_SIMILARITY, 25, 0.4, 0.4, BucketPenalty.STEP, 0.5, true));
        assertThat(job.replay()).isEqualTo(new ReplaySettings(50, 10, List.of(), null, null, null));
        assertThat(job.allRounds()).isEqualTo(7);
        assertThat(TrainJob.read(job.text(), List.of())).isEqualTo(job);
        assertThat(TrainJob.read(QED, List.of()).allRounds()).isEqualTo(25);
    }

    @Test
    void rejectsStagesThatDoNotFit() {
        refuses(
                "[{rewards: [sa], max-rounds: 1}]",
                "Invalid stages[0].rewards: sa at line 2 (must be names out of rewards: [qed])");
        refuses(
                "[{rewards: [], max-rounds: 1}]",
                "Invalid stages[0].rewards: [] at line 2 (must name at least one, each once)");
        refuses("[{rewards: [qed]}]", "Missing key stages[0].max-rounds at line 2 (it has no default)");
        refuses(
                "[{rewards: [qed], max-rounds: 2, min-rounds: 3}]",
                "Invalid stages[0].min-rounds: 3 at line 2 (must be from 1 to max-rounds, 2)");
        refuses(
                "[{rewards: [qed], max-rounds: 2, target: 1.5}]",
                "Invalid stages[0].target: 1.5 at line 2 (must be above 0 and at most 1)");
        assertThatThrownBy(() -> TrainJob.read(
                        QED + "stages: [{rewards: [qed], max-rounds: 2, target: 0.5}]",
                        List.of("evaluation.round-samples=0")))
                .hasMessage(
                        "Invalid stages[0].target: 0.5 at line 2 (must be absent where evaluation.round-samples is 0)");
        assertThatThrownBy(() -> TrainJob.read(
                        QED + "stages: [{rewards: [qed], max-rounds: 2}]", List.of("rewards.qed.weight=0")))
                .hasMessage("Invalid stages[0].rewards: [qed] at line 2 (must have weights above 0)");
        assertThatThrownBy(() -> TrainJob.read(QED + "replay: {memory-size: 5}", List.of()))
                .hasMessageContaining("Invalid replay.sample-size: 10 (must be at most memory-size, 5)");
        assertThatThrownBy(() -> TrainJob.read(QED + "diversity-filter: {min-score: 2}", List.of()))
                .hasMessage("Invalid diversity-filter.min-score: 2 at line 2 (must be from 0 to 1)");
        assertThatThrownBy(() -> TrainJob.read(QED + "diversity-filter: {name: murcko}", List.of()))
                .hasMessage("Invalid diversity-filter.name: murcko at line 2 (must be one of identical-murcko-scaffold,"
                        + " identical-topological-scaffold, scaffold-similarity, penalize-same-smiles)");
    }

    private static void refuses(String stages, String message) {
        assertThatThrownBy(() -> TrainJob.read(QED + "stages: " + stages, List.of()))
                .hasMessage(message);
    }

    @Test
    void whatCanHarmIsAllowedByName() {
        TrainJob job = TrainJob.read("{rewards: {qed: {}}, allow: [programs]}", List.of());

        assertThat(job.permissions()).containsExactly(Permission.PROGRAMS);
        assertThat(job.identity())
                .isEqualTo(TrainJob.read("rewards: {qed: {}}", List.of()).identity());
        assertThatThrownBy(() -> TrainJob.read("{rewards: {qed: {}}, allow: [code]}", List.of()))
                .hasMessage("Invalid allow[0]: code at line 1 (must be one of programs, torchscript)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "algorithm.name=grpo | samples-per-step=1 | samples-per-step: 1 in --set samples-per-step=1 (must be"
                        + " at least 2 with grpo",
                "algorithm.name=ppo | samples-per-step=1 | samples-per-step: 1 in --set samples-per-step=1 (must be at"
                        + " least 2 with ppo",
                "algorithm.name=grpo | prompts={table: p.csv, samples-per-prompt: 1} | prompts.samples-per-prompt: 1"
                        + " in --set prompts={table: p.csv, samples-per-prompt: 1} (must be at least 2 with grpo",
                "algorithm.name=rloo | prompts={table: p.csv, samples-per-prompt: 1} | prompts.samples-per-prompt: 1"
                        + " in --set prompts={table: p.csv, samples-per-prompt: 1} (must be at least 2 with rloo"
            })
    void refusesASampleThatIsComparedWithNoOther(String algorithm, String one, String message) {
        assertThatThrownBy(() -> TrainJob.read(QED, List.of(algorithm, "algorithm.minibatches=1", one)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Invalid " + message)
                .hasMessageContaining("nothing can be learned from a sample that is compared with no other");
        assertThat(TrainJob.read(QED, List.of("algorithm.name=dap", "algorithm.minibatches=1", "samples-per-step=1"))
                        .samplesPerStep())
                .isEqualTo(1);
    }

    @Test
    void theBestIsToldByAMeasureThatIsThere() {
        assertThatThrownBy(() -> TrainJob.read(QED + "best-by: success\n", List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Invalid best-by: success at line 2 (must be hypervolume or geometric-mean: no reward"
                        + " states at-least or at-most)");
        assertThat(TrainJob.read("rewards: {qed: {at-least: 0.6}}\nbest-by: success\n", List.of())
                        .bestBy())
                .isEqualTo(TrainJob.BestBy.SUCCESS);
        assertThatThrownBy(() -> TrainJob.read(QED + "best-by: validity\n", List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hypervolume, success, geometric-mean");
    }

    @Test
    void refusesRewardsOfWhichNoneCounts() {
        assertThatThrownBy(() -> TrainJob.read("rewards: {qed: {weight: 0}, sa: {weight: 0}}\n", List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Invalid rewards: qed, sa")
                .hasMessageContaining("(must have a weight above 0 among them)");
    }

    @Test
    void stopsByWhatIsMeasured() {
        StopSettings stop =
                TrainJob.read(QED + "stop-when: {kl-above: 20}\n", List.of()).stopWhen();
        assertThat(stop).isEqualTo(new StopSettings(true, null, null, 20.0, null));
        assertThatThrownBy(
                        () -> TrainJob.read(QED + "stop-when: {kl-above: 20}\n", List.of("evaluation.round-samples=0")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Invalid stop-when: ")
                .hasMessageContaining(
                        "must be absent where evaluation.round-samples is 0, since rounds are not measured");
        assertThatThrownBy(() -> TrainJob.read(QED + "stop-when: {collapse: false}\n", List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must have collapse: true, validity-below, uniqueness-below, kl-above or"
                        + " no-improvement-rounds");
        assertThatThrownBy(() -> TrainJob.read(QED + "stop-when: {validity-below: 50}\n", List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Invalid stop-when.validity-below: 50 ")
                .hasMessageContaining("(must be above 0 and at most 1)");
    }

    @Test
    void hypervolumesOfARunAreOfBatchesOfOneSize() {
        assertThat(new EvaluationSettings(2000, 200, List.of()).hypervolumeBatch())
                .isEqualTo(100);
        assertThat(new EvaluationSettings(2000, 0, List.of()).hypervolumeBatch())
                .isEqualTo(100);
        assertThat(new EvaluationSettings(2000, 16, List.of()).hypervolumeBatch())
                .isEqualTo(16);
        assertThat(new EvaluationSettings(50, 200, List.of()).hypervolumeBatch())
                .isEqualTo(50);
    }

    @Test
    void drawsNoMoreTokensThanThePolicyReadsUnlessAsked() {
        String yaml = "rewards: {qed: }\n";
        assertThat(TrainJob.read(yaml, List.of(), 16).sampling().maxNewTokens()).isEqualTo(15);
        assertThat(TrainJob.read(yaml, List.of(), 2048).sampling().maxNewTokens())
                .isEqualTo(100);
        assertThat(TrainJob.read(yaml, List.of("sampling.max-new-tokens=40"), 16)
                        .sampling()
                        .maxNewTokens())
                .as("refused where the policy is known")
                .isEqualTo(40);
    }
}

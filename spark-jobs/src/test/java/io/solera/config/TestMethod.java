package io.solera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.config.yaml.ConfigException;
import io.solera.rl.algorithm.Algorithm;
import io.solera.rl.joint.Gdpo;
import io.solera.rl.joint.HypervolumeWeighted;
import io.solera.rl.joint.ParetoRanked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestMethod {
    private static final String TWO = "rewards: {qed: {weight: 2}, sa: }\n";

    private static TrainJob job(String... settings) {
        return TrainJob.read(TWO, List.of(settings));
    }

    private static void refused(String message, String... settings) {
        assertThatThrownBy(() -> job(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    /** Jobs that were written before there were presets are the same text, and so the same runs. */
    @Test
    void theFirstThreeLeaveEverythingToTheJob() {
        String text = job().text();
        assertThat(text).contains("method: iterative-rs\nrounds: 25\nsteps-per-round: 4\n");
        for (String method : new String[] {"weighted-gradients", "morlhf"}) {
            TrainJob job = job("method=" + method);
            assertThat(job.text()).isEqualTo(text.replace("method: iterative-rs", "method: " + method));
            assertThat(job("method=" + method, "blend.rule=up-grad", "experts-per-round=1")
                            .joint())
                    .isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mgda, min-norm",
        "pcgrad, pc-grad",
        "cagrad, ca-grad",
        "nash-mtl, nash-mtl",
        "aligned-mtl, aligned-mtl",
        "upgrad, up-grad"
    })
    void aRuleOfGradientsIsWeightedGradientsWithThatRule(String method, String rule) {
        TrainJob preset = job("method=" + method);
        TrainJob spelt = job("method=weighted-gradients", "blend.rule=" + rule);
        assertThat(preset.text()).isEqualTo(spelt.text().replace("weighted-gradients", method));
        assertThat(preset.mode()).isEqualTo(spelt.mode());
        assertThat(preset.gradients(2)).isEqualTo(3);
        // what it sets may be said, and other settings of the blend are free
        assertThat(job("method=" + method, "blend.rule=" + rule).text()).isEqualTo(preset.text());
        assertThat(job("method=" + method, "blend.outer-learning-rate=0.5")
                        .blend()
                        .rule())
                .isEqualTo(preset.blend().rule());
    }

    @Test
    void optionsOfAPresetAreThoseOfItsRule() {
        assertThat(job("method=cagrad", "blend.cagrad-c=0.2").blend().cagradC()).isEqualTo(0.2);
        assertThat(job("method=mgda", "blend.rule=min-norm-normalized").blend().rule())
                .isEqualTo(BlendSettings.Rule.MIN_NORM_NORMALIZED);
    }

    @Test
    void aSoupIsOneRoundOfAsManySteps() {
        TrainJob job = job("method=rewarded-soups");
        assertThat(job.rounds()).isEqualTo(1);
        assertThat(job.stepsPerRound()).isEqualTo(100);
        assertThat(job.learners(2)).isEqualTo(2);
        TrainJob spelt = job("rounds=1", "steps-per-round=100");
        assertThat(job.text()).isEqualTo(spelt.text().replace("iterative-rs", "rewarded-soups"));
        refused(
                "Invalid rounds: 5 in --set rounds=5 (must be 1 with method: rewarded-soups, which blends once, after"
                        + " all steps; as many steps are rounds: 1 and steps-per-round: 30)",
                "method=rewarded-soups",
                "rounds=5",
                "steps-per-round=6");
        assertThatThrownBy(() -> job("method=rewarded-soups", "stages=[{rewards: [qed], max-rounds: 1}]"))
                .hasMessageContaining("(must be absent with method: rewarded-soups, which has one round)");
        assertThatThrownBy(() -> job("method=rewarded-soups", "blend.outer-learning-rate=2"))
                .hasMessageContaining("Invalid blend.outer-learning-rate: 2 ")
                .hasMessageContaining("(must be 1 with method: rewarded-soups, which interpolates)");
    }

    @Test
    void aSingleRewardIsTrainedAndTheOthersAreMeasured() {
        TrainJob job = job("method=single:sa");
        assertThat(job.trainedStages(List.of("qed", "sa"))).singleElement().satisfies(stage -> {
            assertThat(stage.rewards()).containsExactly("sa");
            assertThat(stage.maxRounds()).isEqualTo(25);
        });
        assertThat(job.learners(1)).isEqualTo(1);
        assertThat(TrainJob.read(job.text(), List.of()).text()).isEqualTo(job.text());
        refused(
                "Invalid method: single:logp in --set method=single:logp (must name one of the job's"
                        + " rewards, [qed, sa])",
                "method=single:logp");
        assertThatThrownBy(() -> job("method=single:sa", "rewards.sa.weight=0"))
                .hasMessageContaining("Invalid rewards.sa.weight: 0 ")
                .hasMessageContaining("(must be above 0 with method: single:sa)");
        assertThatThrownBy(() -> job("method=single:sa", "stages=[{rewards: [qed], max-rounds: 1}]"))
                .hasMessageContaining("must be absent with method: single:sa");
    }

    @Test
    void anObservedRewardIsNotTrainedOn() {
        String job = TWO.replace("sa: ", "sa: , logp: ");
        TrainJob observing = TrainJob.read(job + "observe: [sa]\n", List.of());
        assertThat(observing.trained(List.of("qed", "sa", "logp"))).containsExactly("qed", "logp");
        assertThat(TrainJob.read(observing.text(), List.of()).text()).isEqualTo(observing.text());
        for (String wrong : new String[] {"[mw]", "[sa, sa]"}) {
            assertThatThrownBy(() -> TrainJob.read(job + "observe: " + wrong + "\n", List.of()))
                    .hasMessageContaining("Invalid observe: ")
                    .hasMessageContaining(" at line 2 (must be names out of rewards, each once: [qed, sa, logp])");
        }
        assertThatThrownBy(() -> TrainJob.read(job + "observe: [sa]\n", List.of("rewards.sa.at-most=4")))
                .hasMessageContaining("must have no at-least or at-most");
        assertThatThrownBy(() -> TrainJob.read(job + "observe: [sa]\nmethod: single:sa\n", List.of()))
                .hasMessageContaining("must not be a reward that single:sa trains on");
        assertThatThrownBy(() -> TrainJob.read(
                        job + "observe: [sa]\nstages: [{rewards: [qed, sa], max-rounds: 1}]\n", List.of()))
                .hasMessageContaining("must not be a reward that a stage trains on");
        assertThatThrownBy(() -> TrainJob.read(job + "observe: [qed, sa, logp]\n", List.of()))
                .hasMessageContaining("must have a weight above 0 among them");
    }

    @Test
    void jointAdvantagesTakeThePlaceOfGrpos() {
        assertThat(job("method=gdpo").joint()).isEqualTo(new Gdpo());
        assertThat(job("method=pareto-rank").joint()).isEqualTo(new ParetoRanked());
        assertThat(job("method=hypervolume").joint()).isEqualTo(new HypervolumeWeighted());
        TrainJob job = job("method=gdpo", "algorithm.epochs=2");
        assertThat(job.algorithm().name()).isEqualTo(Algorithm.Name.GRPO);
        assertThat(job.algorithm().epochs()).isEqualTo(2);
        assertThat(job.learners(2)).isEqualTo(1);
        assertThat(job.gradients(2)).isEqualTo(1);
        refused(
                "Invalid algorithm.name: ppo in --set algorithm.name=ppo (must be grpo with method: gdpo, whose"
                        + " advantages take the place of grpo's; or left out)",
                "method=gdpo",
                "algorithm.name=ppo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mgda", "cagrad", "rewarded-soups", "gdpo", "single:qed"})
    void contradictionsAreRefusedWhereTheUserWroteThem(String method) {
        assertThatThrownBy(() -> TrainJob.read(TWO + "method: " + method + "\nblend:\n  rule: pc-grad\n", List.of()))
                .hasMessageStartingWith("Invalid blend.rule: pc-grad at line 4 (must be ")
                .hasMessageContaining(" with method: " + method
                        + ", or left out; any rule goes with weighted-gradients and iterative-rs)");
        assertThatThrownBy(() -> job("method=" + method, "experts-per-round=1"))
                .hasMessageContaining("Invalid experts-per-round: 1 ")
                .hasMessageContaining("(must be 0 with method: " + method);
    }

    @Test
    void anUnknownMethodIsAnsweredWithAllOfThem() {
        refused(
                "Invalid method: grpo in --set method=grpo (must be one of iterative-rs, weighted-gradients, morlhf,"
                        + " rewarded-soups, mgda, pcgrad, cagrad, nash-mtl, aligned-mtl, upgrad, gdpo, pareto-rank,"
                        + " hypervolume, single:REWARD)",
                "method=grpo");
        for (String method : new String[] {"single", "mgda:qed"}) {
            assertThatThrownBy(() -> job("method=" + method)).hasMessageContaining("must be one of iterative-rs");
        }
        assertThatThrownBy(() -> TrainJob.read(TWO + "method: [mgda]\n", List.of()))
                .hasMessageContaining("method")
                .hasMessageContaining("must be text");
    }
}

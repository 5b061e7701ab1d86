package io.solera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.model.SamplingSettings;
import io.solera.reward.Shaping;
import io.solera.rl.Schedule;
import io.solera.rl.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestTrainJob {
    private static final String QED = "rewards: {qed: }\n";

    @Test
    void defaultsAreThePapers() {
        TrainJob job = TrainJob.read(QED, List.of());
        assertThat(job.method()).isEqualTo(Method.ITERATIVE_RS);
        assertThat(job.rounds()).isEqualTo(25);
        assertThat(job.stepsPerRound()).isEqualTo(4);
        assertThat(job.samplesPerStep()).isEqualTo(128);
        assertThat(job.sampling()).isEqualTo(new SamplingSettings(100, 0.7, 0, 1));
        assertThat(job.algorithm())
                .isEqualTo(new AlgorithmSettings(
                        AlgorithmSettings.Name.PPO,
                        4,
                        4,
                        0.2,
                        1,
                        0.95,
                        60,
                        new AlgorithmSettings.CriticSettings(List.of(16, 8), 1.41e-5, 0.2, 0.1, 1)));
        assertThat(job.kl()).isEqualTo(new KlSettings(0.05, KlSettings.Form.LOSS));
        assertThat(job.optimizer().learningRate()).isEqualTo(1.41e-5);
        assertThat(job.optimizer().decay()).isEqualTo(Schedule.Decay.LINEAR);
        assertThat(job.optimizer().moments()).isEqualTo(OptimizerSettings.Moments.RESET_EACH_ROUND);
    }

    @Test
    void aRewardHasItsCatalogueEntryUnlessTheJobSaysOtherwise() {
        TrainJob job = TrainJob.read("""
                rewards:
                  qed: {at-least: 0.8}
                  aspirin: {function: "similarity(reference='CC(=O)Oc1ccccc1C(=O)O')", weight: 2, shaping: 'sigmoid(0.2, 0.6)'}
                """, List.of());
        assertThat(job.rewards().keySet()).containsExactly("qed", "aspirin");
        RewardSettings qed = job.rewards().get("qed");
        assertThat(qed.shaping("qed")).isEqualTo(Shaping.IDENTITY);
        assertThat(qed.threshold()).isEqualTo(new Threshold(0.8, Double.POSITIVE_INFINITY));
        RewardSettings aspirin = job.rewards().get("aspirin");
        assertThat(aspirin.call("aspirin").name()).isEqualTo("similarity");
        assertThat(aspirin.shaping("aspirin")).isEqualTo(new Shaping(Shaping.Kind.SIGMOID, 0.2, 0.6, 0));
        assertThat(aspirin.weight()).isEqualTo(2);
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
                .hasMessageContaining("Invalid minibatches: 4")
                .hasMessageContaining("must be at most samples-per-step, 3");
        assertThatThrownBy(() -> TrainJob.read(QED, List.of("kl.form=in-reward", "algorithm.name=rloo")))
                .hasMessageContaining("Invalid kl: in-reward")
                .hasMessageContaining("must be loss, except for ppo");
        assertThatThrownBy(() -> TrainJob.read("rewards: {Qed: {function: qed}}\n", List.of()))
                .hasMessageContaining("Qed")
                .hasMessageContaining("small letters");
    }
}

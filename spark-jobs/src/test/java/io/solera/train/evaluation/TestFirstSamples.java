package io.solera.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.config.TrainJob;
import io.solera.model.Completion;
import io.solera.rl.measure.Threshold;
import io.solera.store.RecordJson;
import io.solera.train.rollout.Prompt;
import io.solera.train.rollout.RewardColumns;
import io.solera.train.rollout.RolloutSample;
import io.solera.train.rollout.ScoredSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestFirstSamples {
    private static final List<String> NAMES = List.of("qed", "sa");

    @Test
    void rewardsThatTellSamplesApartAreNoReasonToWarn() {
        assertThat(warnings("", samples("ok", 0.2, 0.3), samples("ok", 0.4, 0.5)))
                .isEmpty();
    }

    @Test
    void aRewardThatReadsNoSampleIsNamedWithTheReasonAndAnExample() {
        assertThat(warnings("", samples("ok", 0.2, 0.3), samples("not-applicable", Double.NaN, Double.NaN)))
                .containsExactly("reward sa has a value for none of the 2 samples (not-applicable 2), such as \"CCO\"");
    }

    @Test
    void aConstantRewardIsNamedWithItsValue() {
        assertThat(warnings("", samples("ok", 0.2, 0.3), samples("ok", 0.4, 0.4)))
                .containsExactly("reward sa is the same for all 2 samples: shaped 0.400, raw 0.4");
    }

    @Test
    void whereNothingCanBeLearnedTheRunIsRefused() {
        assertThatThrownBy(() -> warnings("", samples("ok", 1, 1), samples("not-applicable", Double.NaN, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot train: nothing can be learned from the 2 samples of round 0: reward qed is"
                        + " the same for all 2 samples: shaped 1.000, raw 1.0; reward sa has a value"
                        + " for none of the 2 samples (not-applicable 2), such as \"CCO\" (choose"
                        + " rewards that differ between samples of this policy, or a model that"
                        + " writes what they read; if few samples differ, raise evaluation.samples)");
    }

    @Test
    void aRewardWithoutWeightDoesNotSaveARun() {
        assertThatThrownBy(() -> warnings("rewards.qed.weight=0", samples("ok", 0.2, 0.3), samples("ok", 0.4, 0.4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing can be learned from the 2 samples of round 0: reward sa is the same");
    }

    @Test
    void samplesThatAreAllInvalidAreSaidSo() {
        assertThatThrownBy(
                        () -> warnings("", samples("invalid-input", 0, 0), samples("invalid-input", 0, 0), "C(", "C("))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "none of the 2 samples is a molecule, such as \"C(\"; reward qed has a value for none of"
                                + " the 2 samples (invalid-input 2)");
    }

    @Test
    void aServiceThatIsDownIsLeftToTheLimitOfMissingScores() {
        assertThat(warnings(
                        "", samples("failed", Double.NaN, Double.NaN), samples("timed-out", Double.NaN, Double.NaN)))
                .hasSize(2);
    }

    @Test
    void aReplayMemoryMayKnowMore() {
        assertThat(warnings("replay={smiles: [CCO]}", samples("ok", 1, 1), samples("ok", 1, 1)))
                .hasSize(2);
    }

    @Test
    void aWarmUpLongerThanTheRunAndASmallHypervolumeAreSaid() {
        assertThat(warnings("optimizer.warmup-steps=1000", samples("ok", 0.2, 0.3), samples("ok", 0.4, 0.5)))
                .containsExactly(
                        "optimizer.warmup-steps is 1000, longer than the schedule: shortened to its 100 steps");
        assertThat(warnings(
                        "evaluation={samples: 16, round-samples: 0}", samples("ok", 0.2, 0.3), samples("ok", 0.4, 0.5)))
                .containsExactly("hypervolumes are of 16 samples, since an evaluation has no more (usually of 100; see"
                        + " evaluation)");
    }

    /** Per sample its status, then its value, of a reward. */
    private record Column(String status, double[] values) {}

    private static Column samples(String status, double... values) {
        return new Column(status, values);
    }

    private static List<String> warnings(String more, Column qed, Column sa, String... texts) {
        TrainJob job = TrainJob.read("rewards: {qed: , sa: }", more.isEmpty() ? List.of() : List.of(more));
        List<ScoredSample> samples = new ArrayList<>();
        for (int i = 0; i < qed.values().length; i++) {
            samples.add(new ScoredSample(
                    new RolloutSample(
                            0,
                            "evaluation",
                            0,
                            i,
                            texts.length > i ? texts[i] : "CCO",
                            0,
                            new Prompt(null, new int[] {1}, Map.of()),
                            new Completion(new int[] {2, 3}, new float[2], true),
                            0),
                    List.of(
                            new RewardColumns(raw(qed, i), qed.values()[i], qed.status(), 0),
                            new RewardColumns(raw(sa, i), sa.values()[i], sa.status(), 0))));
        }
        ApplicabilityDomains domains = new ApplicabilityDomains(List.of(), new double[samples.size()][0]);
        Aggregates none = new Aggregates(List.of(), List.of());
        Measures measures = Measures.of(
                NAMES,
                List.of(),
                samples,
                Collections.nCopies(2, Threshold.NONE),
                100,
                MoleculeMeasures.of(samples.stream().map(ScoredSample::text).toList(), KnownSamples.none()),
                new double[samples.size()],
                domains,
                none);
        assertThat(measures.success()).isNull();
        assertThat(RecordJson.write(measures).has("success")).isFalse();
        return FirstSamples.warnings(job, NAMES, new Evaluation.Result(measures, samples, domains, none, 1));
    }

    private static double raw(Column column, int i) {
        return column.status().equals("ok") ? column.values()[i] : Double.NaN;
    }
}

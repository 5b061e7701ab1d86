package io.solera.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.meter.RunMeter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metrics system shows of rounds. */
class TestRunFigures {
    private static final List<String> REWARDS = List.of("qed", "sa");

    @BeforeEach
    @AfterEach
    void begin() {
        RunMeter.begin();
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static RoundRecord round(int number, List<String> steps, @Nullable String blend, double seconds) {
        return new RoundRecord(
                number,
                steps.stream().map(TestRunFigures::json).toList(),
                null,
                blend == null ? null : json(blend),
                null,
                null,
                null,
                null,
                null,
                seconds,
                2,
                null);
    }

    @Test
    void totalsAreSumsOverRoundsAndFiguresAreOfTheLastStep() {
        RunFigures.take(
                round(
                        1,
                        List.of(
                                "{learner: qed, step: 0, samples: 32, tokens: 300, kl: 9, qed_shaped: 0.1,"
                                        + " 'sa.invalid-input': 3, 'sa.coefficient': 7}",
                                "{learner: qed, step: 1, samples: 32, tokens: 200, kl: 0.2, qed_shaped: 0.25}",
                                "{learner: sa, step: 1, samples: 32, tokens: 100, kl: 0.4, qed_shaped: 0.75,"
                                        + " 'sa.invalid-input': 1}"),
                        "{experts: [qed, sa], drift: [0.5, 0.7], cosines: [[1, -0.25], [-0.25, 1]], policy_drift: 0.6}",
                        4),
                REWARDS);
        assertThat(RunMeter.value("round")).isEqualTo(1);
        assertThat(RunMeter.value("steps")).isEqualTo(3);
        assertThat(RunMeter.value("samples")).isEqualTo(96);
        assertThat(RunMeter.value("tokens_per_second")).isEqualTo(150);
        assertThat(RunMeter.value("kl")).isEqualTo((0.2 + 0.4) / 2);
        assertThat(RunMeter.value("reward.qed_shaped")).isEqualTo(0.5);
        assertThat(RunMeter.value("missing.sa.invalid-input")).isEqualTo(4);
        assertThat(RunMeter.value("missing.sa.coefficient")).isNaN();
        assertThat(RunMeter.value("drift.sa")).isEqualTo(0.7);
        assertThat(RunMeter.value("policy_drift")).isEqualTo(0.6);
        assertThat(RunMeter.value("lowest_cosine")).isEqualTo(-0.25);
        RunFigures.take(
                round(2, List.of("{learner: qed, step: 0, samples: 8, tokens: 50, kl: null}"), "{}", 1), REWARDS);
        assertThat(RunMeter.value("round")).isEqualTo(2);
        assertThat(RunMeter.value("samples")).isEqualTo(104);
        assertThat(RunMeter.value("tokens")).isEqualTo(650);
        assertThat(RunMeter.value("seconds")).isEqualTo(5);
        assertThat(RunMeter.value("tokens_per_second")).isEqualTo(50);
        assertThat(RunMeter.value("missing.sa.invalid-input")).isEqualTo(4);
        assertThat(RunMeter.value("kl")).as("no number in this round").isNaN();
    }

    @Test
    void aCosineOfGradientsIsThatOfTheStep() {
        RunFigures.take(
                round(
                        1,
                        List.of("{learner: policy, step: 0, samples: 8, lowest_cosine: -0.5}"),
                        "{experts: [policy], drift: [0.5], cosines: [[1]], policy_drift: 0.5}",
                        1),
                REWARDS);
        assertThat(RunMeter.value("lowest_cosine")).isEqualTo(-0.5);
        assertThat(RunMeter.value("drift.policy")).isEqualTo(0.5);
    }

    /** Runs before this version have no tokens in their steps, and no blend that says more than nothing. */
    @Test
    void whatARecordLacksIsNotShown() {
        RunFigures.take(round(0, List.of(), null, 2), REWARDS);
        assertThat(RunMeter.value("samples")).isZero();
        assertThat(RunMeter.value("samples_per_second")).isNaN();
        assertThat(RunMeter.value("kl")).isNaN();
        assertThat(RunMeter.value("evaluation.samples")).isNaN();
    }
}

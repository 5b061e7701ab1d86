package io.solera.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.config.TrainJob;
import io.solera.train.evaluation.Measures;
import io.solera.train.evaluation.TestCollapse;
import io.solera.train.learner.LearnerUpdate;
import io.solera.train.learner.LogProbabilityGap;
import io.solera.train.learner.StepMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestVerdict {
    private static final JsonObject WHOLE = TestCollapse.evaluation(200, 0.97, 1, 0.01, 40, 0);

    @Test
    void aCollapseNamesTheBestRoundSoFar() {
        Verdict verdict = of("", rounds(0.1, 0.7), TestCollapse.evaluation(200, 0.01, 1, 0.01, 40, 20), 0.2);
        assertThat(verdict.warnings())
                .containsExactly(
                        "the policy has collapsed: validity fell from 97.0 % to 1.0 %; the best round so far is 1"
                                + " (hypervolume 0.700)");
        assertThat(verdict.stopped()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{collapse: true} | collapse: validity fell from 97.0 % to 1.0 %",
                "{collapse: false, validity-below: 0.5} | validity-below: 0.5 (validity is 1.0 %)",
                "{collapse: false, uniqueness-below: 0.9} | uniqueness-below: 0.9 (uniqueness is 80.0 %)",
                "{collapse: false, kl-above: 15} | kl-above: 15.0 (the KL is 20.00 nats per sample)",
                "{collapse: false, no-improvement-rounds: 2} | no-improvement-rounds: 2 (the best by"
                        + " hypervolume is round 1)"
            })
    void stopsWhenItIsToldTo(String when, String why) {
        JsonObject bad = TestCollapse.evaluation(200, 0.01, 0.8, 0.01, 40, 20);
        assertThat(of("stop-when: " + when, rounds(0.1, 0.7, 0.3), bad, 0.2).stopped())
                .isEqualTo(why);
        assertThat(of("", rounds(0.1, 0.7, 0.3), bad, 0.2).stops()).isFalse();
        assertThat(of("stop-when: " + when, rounds(0.1, 0.2, 0.7), WHOLE, 0.6).stops())
                .isFalse();
    }

    @Test
    void noMoleculeAtAllIsBelowAnyShare() {
        JsonObject none = TestCollapse.evaluation(200, 0, 1, 0.01, 40, 0);
        none.add("uniqueness", null);
        assertThat(of("stop-when: {collapse: false, uniqueness-below: 0.1}", rounds(0.1), none, 0)
                        .stopped())
                .isEqualTo("uniqueness-below: 0.1 (uniqueness is unknown)");
    }

    @Test
    void anExpertWhoseSamplesAllHadOneScoreIsNamed() {
        List<LearnerUpdate> updates =
                List.of(update("qed", 0, 0, Double.NaN), update("qed", 0, 0), update("sa", 0, 0.5), update("sa", 0, 0));
        assertThat(Verdict.of(rounds(0.1), job(""), 1, updates, Optional.empty())
                        .warnings())
                .containsExactly("qed learned nothing from rewards: no two samples that were compared had different"
                        + " scores");
    }

    @Test
    void aRoundThatWasNotMeasuredIsJudgedByItsLastRollouts() {
        LearnerUpdate before = update("qed", 0, 0.5);
        LearnerUpdate after = update("qed", 1, 0.5);
        before.metrics().put("validity", 0.9);
        after.metrics().put("validity", 0.2);
        assertThat(Verdict.of(rounds(0.1), job(""), 1, List.of(before, after), Optional.empty())
                        .warnings())
                .containsExactly("the policy may have collapsed: validity fell from 97.0 % to 20.0 % in the round's"
                        + " last rollouts");
    }

    @Test
    void theBestOfTheLaterRoundsWinsATieAndOfOneRewardItsMeanTells() {
        assertThat(BestRound.of(rounds(0.1, 0.7, 0.7, 0.3), TrainJob.BestBy.HYPERVOLUME))
                .isEqualTo(new BestRound(2, "hypervolume", 0.7));
        List<RoundRecord> one = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            JsonObject evaluation = WHOLE.deepCopy();
            evaluation.getAsJsonObject("rewards").remove("sa");
            evaluation.getAsJsonObject("hypervolume").addProperty("mean", 0.9 + 0.05 * round);
            evaluation.getAsJsonObject("geometric_mean").addProperty("mean", 0.5 - 0.1 * round);
            one.add(round(round, evaluation));
        }
        assertThat(BestRound.of(one, TrainJob.BestBy.HYPERVOLUME)).isEqualTo(new BestRound(0, "geometric-mean", 0.5));
    }

    /** qed rises from 0.4 to 0.6 with intervals of 0.05 each side; sa, observed, goes to {@code sa}. */
    private static JsonObject parted(double qed, double sa) {
        JsonObject evaluation = WHOLE.deepCopy();
        JsonArray observed = new JsonArray();
        observed.add("sa");
        evaluation.add("observed", observed);
        for (Map.Entry<String, Double> reward : Map.of("qed", qed, "sa", sa).entrySet()) {
            JsonObject shaped = evaluation
                    .getAsJsonObject("rewards")
                    .getAsJsonObject(reward.getKey())
                    .getAsJsonObject("shaped");
            shaped.addProperty("mean", reward.getValue());
            shaped.addProperty("low", reward.getValue() - 0.05);
            shaped.addProperty("high", reward.getValue() + 0.05);
        }
        return evaluation;
    }

    @Test
    void anObservedRewardThatFallsWhileATrainedOneRisesIsAnAlarmOnce() {
        List<RoundRecord> rounds = new ArrayList<>(List.of(round(0, parted(0.4, 0.5))));
        assertThat(of("observe: [sa]", rounds, parted(0.49, 0.3), 0.5).warnings())
                .as("qed's intervals overlap")
                .isEmpty();
        assertThat(of("observe: [sa]", rounds, parted(0.6, 0.41), 0.5).warnings())
                .as("sa's intervals overlap")
                .isEmpty();
        assertThat(of("observe: [sa]", rounds, parted(0.6, 0.3), 0.5).warnings())
                .containsExactly("observed sa 0.500 -> 0.300 fell while qed 0.400 -> 0.600 rose (95 % intervals apart"
                        + " from round 0): the policy may exploit what it is trained on");
        rounds.add(round(1, parted(0.6, 0.3)));
        assertThat(of("observe: [sa]", rounds, parted(0.7, 0.2), 0.5).warnings())
                .as("said before")
                .isEmpty();
        rounds.add(round(2, parted(0.6, 0.5)));
        assertThat(of("observe: [sa]", rounds, parted(0.7, 0.2), 0.5).warnings())
                .as("after it had recovered")
                .hasSize(1);
    }

    private static LearnerUpdate update(String learner, int step, double... advantages) {
        return new LearnerUpdate(
                learner,
                step,
                Map.of(learner, advantages),
                new double[advantages.length],
                new LogProbabilityGap(0, 0, 0, 0),
                new StepMetrics());
    }

    private static Verdict of(String more, List<RoundRecord> rounds, JsonObject now, double hypervolume) {
        now.getAsJsonObject("hypervolume").addProperty("mean", hypervolume);
        return Verdict.of(rounds, job(more), rounds.size(), List.of(), Optional.of(TestCollapse.measures(now)));
    }

    private static TrainJob job(String more) {
        return TrainJob.read("rewards: {qed: , sa: }\n" + more, List.of());
    }

    private static List<RoundRecord> rounds(double... hypervolumes) {
        List<RoundRecord> rounds = new ArrayList<>();
        for (double hypervolume : hypervolumes) {
            JsonObject evaluation = WHOLE.deepCopy();
            evaluation.getAsJsonObject("hypervolume").addProperty("mean", hypervolume);
            rounds.add(round(rounds.size(), evaluation));
        }
        return rounds;
    }

    private static RoundRecord round(int number, JsonObject evaluation) {
        Measures measures = TestCollapse.measures(evaluation);
        return new RoundRecord(number, List.of(), null, null, null, measures, 1.0, null, null, 1, 2, null);
    }
}

package io.solera.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.store.RecordJson;
import io.solera.train.history.RoundRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTimeline {
    @TempDir
    private Path folder;

    @Test
    void stepsOfAllLearnersAreOnOneAxisAndARoundIsAtItsEnd() throws IOException {
        TrackedRun run = TrackedRuns.open(folder);
        Timeline timeline = new Timeline();
        List<Scalars> all = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            TrackedRuns.commit(run, round);
            all.addAll(timeline.add(run.round(round)));
        }
        run.folder().close();
        assertThat(all.subList(0, 4))
                .containsExactly(
                        new Scalars(0, 4, Map.of("round/number", 0.0, "round/seconds", 4.0)),
                        new Scalars(1, 9, Map.of("qed/loss", 0.5, "sa/loss", 1.0)),
                        new Scalars(2, 14, Map.of("qed/loss", 0.25, "sa/loss", 2.0)),
                        new Scalars(
                                2,
                                14,
                                Map.of(
                                        "round/number", 1.0,
                                        "round/seconds", 10.0,
                                        "blend/coefficients/qed", 0.6,
                                        "blend/coefficients/sa", 0.4,
                                        "blend/drift/qed", 0.5,
                                        "blend/drift/sa", 1.5,
                                        "blend/lowest_cosine", -0.5,
                                        "blend/policy_drift", 0.75)));
        assertThat(all).extracting(Scalars::step).containsExactly(0L, 1L, 2L, 2L, 3L, 4L, 4L);
        assertThat(all).extracting(Scalars::seconds).containsExactly(4.0, 9.0, 14.0, 14.0, 19.0, 24.0, 24.0);
    }

    @Test
    void anEvaluationIsItsMeansAndWhatARunDoesNotHaveIsLeftOut() throws IOException {
        Map<String, Double> values = ofRound("""
                {'round': 3, 'seconds': 1.0, 'evaluation_seconds': 0.5,
                 'stage': {'index': 1, 'name': 'late', 'round': 2, 'score': 0.5, 'ended': false},
                 'evaluation': {'samples': 20,
                 'rewards': {'success': {'shaped': {'mean': 0.8, 'low': 0.7, 'high': 0.9},
                   'raw': {'mean': 143.0, 'low': 135.0, 'high': 151.0}, 'front': 1.0}},
                 'hypervolume': {'mean': 0.5, 'low': null, 'high': null, 'batch': 20},
                 'geometric_mean': {'mean': 0.25, 'low': 0.2, 'high': 0.3},
                 'icv': {'per_sample': 3.0, 'per_sample_median': 3.5, 'of_means': 4.0},
                 'validity': 0.9, 'uniqueness': 0.95, 'novelty': null, 'most_common': 0.1, 'length': 9.0,
                 'kl': {'mean': 2.0, 'low': 1.0, 'high': 3.0}, 'aggregates': {'product': {'mean': 0.125, 'low': 0.0,
                 'high': 1.0}}}}
                """);
        assertThat(values)
                .as("a reward may be called like a measure")
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("round/number", 3.0),
                        Map.entry("round/seconds", 1.0),
                        Map.entry("round/evaluation_seconds", 0.5),
                        Map.entry("round/stage", 1.0),
                        Map.entry("evaluation/rewards/success", 143.0),
                        Map.entry("evaluation/rewards/success_shaped", 0.8),
                        Map.entry("evaluation/rewards/success_front", 1.0),
                        Map.entry("evaluation/hypervolume", 0.5),
                        Map.entry("evaluation/geometric_mean", 0.25),
                        Map.entry("evaluation/icv_per_sample", 3.0),
                        Map.entry("evaluation/icv_of_means", 4.0),
                        Map.entry("evaluation/validity", 0.9),
                        Map.entry("evaluation/uniqueness", 0.95),
                        Map.entry("evaluation/most_common", 0.1),
                        Map.entry("evaluation/length", 9.0),
                        Map.entry("evaluation/kl", 2.0),
                        Map.entry("evaluation/aggregates/product", 0.125)));
    }

    @Test
    void supervisedTuningCountsItsStepsItself() throws IOException {
        Timeline timeline = new Timeline();
        timeline.add(record("{'round': 0, 'seconds': 1.0, 'held_out_loss': 3.0}"));
        List<Scalars> first = timeline.add(record("{'round': 1, 'seconds': 1.0, 'held_out_loss': 2.5,"
                + " 'steps': [{'step': 1, 'loss': 2.0}, {'step': 2, 'loss': 1.0}]}"));
        List<Scalars> second = timeline.add(
                record("{'round': 2, 'seconds': 1.0, 'held_out_loss': null, 'steps': [{'step': 3, 'loss': 0.5}]}"));
        assertThat(first).extracting(Scalars::step).containsExactly(1L, 2L, 2L);
        assertThat(first.get(1).values()).isEqualTo(Map.of("train/loss", 1.0));
        assertThat(first.get(2).values()).containsEntry("evaluation/held_out_loss", 2.5);
        assertThat(second).extracting(Scalars::step).containsExactly(3L, 3L);
        assertThat(second.get(1).values()).doesNotContainKey("evaluation/held_out_loss");
    }

    private static Map<String, Double> ofRound(String json) throws IOException {
        return new Timeline().add(record(json)).get(0).values();
    }

    private static RoundRecord record(String json) throws IOException {
        return RecordJson.read(TrackedRuns.json(json), RoundRecord.class, "test");
    }
}

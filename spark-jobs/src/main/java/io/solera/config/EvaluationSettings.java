package io.solera.config;

import io.solera.problem.SettingException;
import io.solera.rl.Setting;
import io.solera.rl.measure.Aggregate;
import java.io.Serializable;
import java.util.List;

/**
 * Held-out sampling at temperature 1 without truncation.
 *
 * @param samples before the first round and after the last
 * @param roundSamples after each other round; 0 for none
 * @param aggregates additional metrics of a sample, computed from its rewards
 */
public record EvaluationSettings(int samples, int roundSamples, List<Aggregate> aggregates) implements Serializable {
    private static final int HYPERVOLUME_BATCH = 100;

    public EvaluationSettings {
        aggregates = List.copyOf(aggregates);
        Setting.atLeastOne("samples", samples);
        if (roundSamples < 0) {
            throw new SettingException("round-samples", roundSamples, "must be 0 for none, or more");
        }
    }

    /**
     * Samples of a batch that a hypervolume is of: 100, or as many as the smallest evaluation of the run has, so that
     * all rounds of a run are measured alike.
     */
    public int hypervolumeBatch() {
        return Math.min(HYPERVOLUME_BATCH, roundSamples == 0 ? samples : Math.min(samples, roundSamples));
    }

    static EvaluationSettings defaults() {
        return new EvaluationSettings(2000, 200, List.of());
    }
}

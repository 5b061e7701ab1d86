package io.solera.config;

import io.solera.problem.SettingException;
import io.solera.rl.Setting;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * When a run ends before its last round, by the evaluation of a round.
 *
 * @param collapse whether as soon as the policy has collapsed, by the thresholds of
 *     {@code io.solera.train.evaluation.Collapse}
 * @param validityBelow share of samples that are molecules; absent: whatever it is
 * @param uniquenessBelow share of distinct ones; absent: likewise
 * @param klAbove from the reference, nats per sample; absent: likewise
 * @param noImprovementRounds rounds in a row without a new best one by {@code best-by}; absent: any number
 */
public record StopSettings(
        boolean collapse,
        @Nullable Double validityBelow,
        @Nullable Double uniquenessBelow,
        @Nullable Double klAbove,
        @Nullable Integer noImprovementRounds)
        implements Serializable {
    public StopSettings {
        share("validity-below", validityBelow);
        share("uniqueness-below", uniquenessBelow);
        if (klAbove != null && !(klAbove > 0 && klAbove < Double.POSITIVE_INFINITY)) {
            throw new SettingException("kl-above", klAbove, "must be above 0, in nats");
        }
        if (noImprovementRounds != null) {
            Setting.atLeastOne("no-improvement-rounds", noImprovementRounds);
        }
        if (!collapse
                && validityBelow == null
                && uniquenessBelow == null
                && klAbove == null
                && noImprovementRounds == null) {
            throw new SettingException(
                    "collapse",
                    false,
                    "stop-when must have collapse: true, validity-below, uniqueness-below, kl-above or"
                            + " no-improvement-rounds");
        }
    }

    static StopSettings defaults() {
        return new StopSettings(true, null, null, null, null);
    }

    private static void share(String key, @Nullable Double value) {
        if (value != null) {
            Setting.aboveZeroAtMostOne(key, value);
        }
    }
}

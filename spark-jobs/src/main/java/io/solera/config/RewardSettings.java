package io.solera.config;

import io.solera.reward.Shaping;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.rl.Threshold;
import java.util.Optional;

/**
 * A reward of a job.
 *
 * @param function a call of the catalogue; absent: the reward's own name
 * @param weight how much it counts in the blend, relative to the others
 * @param shaping from its unit onto [0, 1]; absent: the catalogue's
 * @param atLeast the raw value that a success needs, if any
 * @param atMost likewise
 */
public record RewardSettings(
        Optional<String> function,
        double weight,
        Optional<String> shaping,
        Optional<Double> atLeast,
        Optional<Double> atMost) {
    public RewardSettings {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("Invalid weight: %s (must be 0 or more)".formatted(weight));
        }
        function.map(RewardCall::parse).ifPresent(RewardCatalogue::check);
        shaping.ifPresent(Shaping::parse);
        threshold(atLeast, atMost);
    }

    /** What a reward has that a job only names. */
    public static RewardSettings defaults() {
        return new RewardSettings(Optional.empty(), 1, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The catalogue call of the reward of this name. */
    public RewardCall call(String name) {
        return RewardCall.parse(function.orElse(name));
    }

    /** The shaping of the reward of this name. */
    public Shaping shaping(String name) {
        return shaping.map(Shaping::parse)
                .orElseGet(() -> RewardCatalogue.check(call(name)).shaping());
    }

    public Threshold threshold() {
        return threshold(atLeast, atMost);
    }

    private static Threshold threshold(Optional<Double> atLeast, Optional<Double> atMost) {
        return new Threshold(atLeast.orElse(Double.NEGATIVE_INFINITY), atMost.orElse(Double.POSITIVE_INFINITY));
    }
}

package io.solera.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job of all the types that a configuration may hold. */
public record SampleJob(
        long seed,
        int rounds,
        double learningRate,
        boolean keepRollouts,
        String model,
        Penalty penalty,
        List<Integer> hidden,
        Map<String, Term> rewards,
        Clip clip,
        Optional<String> bestBy,
        @Nullable Double target) {
    public enum Penalty {
        LOSS_TERM,
        IN_REWARD
    }

    public record Term(double weight, List<Double> window, Map<String, Object> arguments) {
        public Term {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("Invalid weight: %s (must be 0 or more)".formatted(weight));
            }
            if (window.size() == 1) {
                throw new IllegalArgumentException("A window has two ends");
            }
        }

        public static Term defaults() {
            return new Term(1, List.of(), Map.of());
        }
    }

    public record Clip(double norm, Optional<Inner> inner) {}

    public record Inner(int a, String b) {}

    public SampleJob {
        if (rounds < 1) {
            throw new IllegalArgumentException("Invalid rounds: %d (must be at least 1)".formatted(rounds));
        }
        Term qed = rewards.get("qed");
        if (qed != null && qed.weight() > 10) {
            throw new IllegalArgumentException(
                    "Invalid rewards.qed.weight: %s (must be at most 10)".formatted(qed.weight()));
        }
        if (rounds * hidden.size() > 1000) {
            throw new IllegalArgumentException("There is too much to do");
        }
    }

    public static SampleJob defaults() {
        Map<String, Term> rewards = new LinkedHashMap<>();
        rewards.put("sa", new Term(0.25, List.of(1.0, 3.0), Map.of()));
        rewards.put("qed", Term.defaults());
        return new SampleJob(
                1,
                8,
                1e-4,
                true,
                "prior",
                Penalty.LOSS_TERM,
                List.of(64),
                rewards,
                new Clip(0.5, Optional.empty()),
                Optional.empty(),
                null);
    }
}

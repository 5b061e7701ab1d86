package io.solera.plan;

import io.solera.checkpoint.Gpt2Config;
import io.solera.config.TrainJob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job and rates with round numbers. */
final class Worked {
    static final Gpt2Config NETWORK = Gpt2Config.of(20, 64, 16, 1, 2);
    static final long PARAMETERS = NETWORK.layout().size();

    private Worked() {}

    /** Three experts, two steps of 32 samples, micro-batches of 16, minibatches of two parts. */
    static TrainJob job(String... overrides) {
        return TrainJob.read("""
                rewards: {qed: , sa: , logp: }
                rounds: 10
                steps-per-round: 2
                samples-per-step: 32
                micro-batch: 16
                update-batch: 8
                sampling: {max-new-tokens: 50}
                algorithm: {name: ppo, epochs: 2, minibatches: 2}
                evaluation: {samples: 100, round-samples: 0}
                """, List.of(overrides));
    }

    static Load load(String... overrides) {
        return Load.of(job(overrides), NETWORK).get(0);
    }

    /** 10 tokens a sample: 0.8 s to draw 16 of them, 0.1 s to score a sample by one reward. */
    static Rates rates() {
        return new Rates(
                "a test",
                2,
                "ppo",
                PARAMETERS,
                PARAMETERS,
                1,
                10,
                50,
                0.64,
                0.001,
                scoring(),
                0.002,
                0.005,
                0.25,
                new Rates.Rest(3, 0.01, 0.5, 0.001, 0.125, 0.0625),
                List.of(1.0, 1.5),
                new Rates.Moved(1, 100, 1000, 10, 500),
                new Rates.Base(400, 600, true));
    }

    private static Map<String, Double> scoring() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        List.of("qed", "sa", "logp").forEach(reward -> seconds.put(reward, 0.1));
        return seconds;
    }

    /** Single-core executors on machines of their own. */
    static Cluster apart(int executors) {
        return new Cluster(executors, 1, executors, 2, List.of(1.0, 1.5));
    }

    /** The same on one machine of two cores. */
    static Cluster together(int executors) {
        return new Cluster(executors, 1, 1, 2, List.of(1.0, 1.5));
    }
}

package io.solera.train.learner;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.rl.Mlp;
import java.io.Serializable;
import java.util.List;

/**
 * The sizes of what a learner's state holds.
 *
 * @param trained numbers of theta
 * @param critics names of the objectives that have one
 * @param critic numbers of each
 */
public record LearnerShape(long trained, List<String> critics, long critic) implements Serializable {
    /** @param learner with all objectives of the run, of which its state keeps the critics */
    public static LearnerShape of(Learner learner, Policy policy, TrainJob job) {
        return new LearnerShape(
                policy.trainedSize(),
                job.policyOptimisation().hasCritics()
                        ? learner.objectives().stream()
                                .map(Learner.Objective::name)
                                .toList()
                        : List.of(),
                new Mlp(policy.config().hiddenSize(), job.algorithm().critic().hiddenLayers()).size());
    }
}

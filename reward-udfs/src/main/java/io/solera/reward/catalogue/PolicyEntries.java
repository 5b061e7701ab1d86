package io.solera.reward.catalogue;

import io.solera.reward.Shaping;
import io.solera.reward.catalogue.RewardEntry.Direction;
import io.solera.reward.policy.Fluency;
import java.util.List;

/** The rewards that ask a policy. */
final class PolicyEntries {
    static final RewardEntry FLUENCY = new RewardEntry(
            "fluency",
            "mean token log-likelihood under a frozen policy",
            "nats per token",
            "0 and below",
            Direction.HIGHER,
            Shaping.linear(-1.6, -0.4),
            List.of(new Argument("model", "reference", "a model folder, or the reference of the run")),
            "Radford et al., Language Models are Unsupervised Multitask Learners (2019)",
            "none: not compared with another implementation",
            "not measured",
            "fluency(model=reference)",
            (arguments, resources) -> new Fluency(resources.policy(arguments.getOrDefault("model", "reference"))));

    private PolicyEntries() {}
}

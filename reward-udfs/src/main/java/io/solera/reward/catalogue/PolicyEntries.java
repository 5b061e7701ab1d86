package io.solera.reward.catalogue;

import io.solera.reward.Shaping;
import io.solera.reward.policy.Fluency;
import java.util.List;

/** The rewards that ask a policy. */
final class PolicyEntries {
    static final List<RewardEntry> ALL =
            List.of(RewardEntry.of("fluency", Input.TEXT, "mean token log-likelihood under a frozen policy")
                    .unit("nats per token")
                    .range("0 and below")
                    .higher(Shaping.linear(-1.6, -0.4))
                    .takes("model", "reference", "a model folder, or the reference of the run")
                    .definedBy("Radford et al., Language Models are Unsupervised Multitask Learners (2019)")
                    .comparedTo("none: not compared with another implementation", "not measured")
                    .example("fluency(model=reference)")
                    .made((arguments, resources) ->
                            new Fluency(resources.policy(arguments.getOrDefault("model", "reference")))));

    private PolicyEntries() {}
}

package io.solera.reward.catalogue;

import io.solera.checkpoint.Policy;
import io.solera.reward.Shaping;
import io.solera.reward.policy.Fluency;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Rewards from a policy. */
final class PolicyEntries {
    /** The policy to use. */
    static final Argument MODEL = new Argument("model", "reference", "a model folder, or the reference of the run");

    private static final String GPT_2 = "Radford et al., Language Models are Unsupervised Multitask Learners (2019)";

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of("fluency", Input.TEXT, "mean token log-likelihood under a frozen policy")
                    .unit("nats per token")
                    .range("0 and below")
                    .higher(Shaping.linear(-1.6, -0.4))
                    .argument(MODEL)
                    .definedBy(GPT_2)
                    .comparedTo("none: not compared with another implementation", "not measured")
                    .example("fluency(model=reference)")
                    .made((arguments, resources) -> new Fluency(policy(arguments, resources))),
            RewardEntry.of("perplexity", Input.TEXT, "exp(-fluency): choices per token under a frozen policy")
                    .range("1 and above")
                    .lower(Shaping.reverseLinear(1.5, 5))
                    .argument(MODEL)
                    .definedBy("Jelinek et al., J. Acoust. Soc. Am. 62, S63 (1977); " + GPT_2)
                    .comparedTo("none: not compared with another implementation", "not measured")
                    .example("perplexity(model=reference)")
                    .made((arguments, resources) -> Fluency.perplexity(policy(arguments, resources))));

    private PolicyEntries() {}

    static Policy policy(Map<String, String> arguments, Resources resources) throws IOException {
        return resources.policy(arguments.getOrDefault(MODEL.name(), "reference"));
    }
}

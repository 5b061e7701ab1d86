package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.policy.Fluency;
import java.io.IOException;
import java.util.Map;

/** From catalogue arguments to rewards that ask a policy. */
final class PolicyMakers {
    private PolicyMakers() {}

    static Reward fluency(Map<String, String> arguments, Resources resources) throws IOException {
        return new Fluency(resources.policy(arguments.getOrDefault("model", "reference")));
    }
}

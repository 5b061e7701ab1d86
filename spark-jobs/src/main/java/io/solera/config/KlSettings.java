package io.solera.config;

import io.solera.rl.KlPenalty;
import java.io.Serializable;

/** What keeps a policy near the reference; {@code dap} has its own and ignores this. */
public record KlSettings(double coefficient, Form form) implements Serializable {
    /** Where the divergence goes. */
    public enum Form {
        /** k3 in the loss. */
        LOSS,
        /** k1 in the reward of each token, with standardised scores, as published; {@code ppo} only. */
        IN_REWARD
    }

    public KlSettings {
        new KlPenalty(coefficient);
    }

    static KlSettings defaults() {
        return new KlSettings(0.05, Form.LOSS);
    }
}

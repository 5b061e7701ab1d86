package io.solera.rl;

import java.io.Serializable;

/**
 * Generalised advantage estimation (Schulman et al., ICLR 2016): delta_t = r_t + gamma V_(t+1) - V_t,
 * A_t = delta_t + gamma lambda A_(t+1), return_t = A_t + V_t. V after the last token is 0, even if the sample was cut
 * off at the maximum length.
 */
public record Gae(double gamma, double lambda) implements Serializable {
    public Gae {
        Setting.fromZeroToOne("gamma", gamma);
        Setting.fromZeroToOne("lambda", lambda);
    }

    /** Both are [b][t]; the advantages are not whitened. */
    public record Estimate(float[][] advantages, float[][] returns) {}

    /** @param rewards [b][t], as of {@link TokenRewards} */
    public Estimate estimate(float[][] rewards, float[][] values) {
        Ragged.requireSameShape(rewards, values);
        float[][] advantages = Ragged.zerosLike(values);
        float[][] returns = Ragged.zerosLike(values);
        for (int b = 0; b < values.length; b++) {
            double advantage = 0;
            double next = 0;
            for (int t = values[b].length - 1; t >= 0; t--) {
                double value = values[b][t];
                advantage = rewards[b][t] + gamma * next - value + gamma * lambda * advantage;
                advantages[b][t] = (float) advantage;
                returns[b][t] = (float) (advantage + value);
                next = value;
            }
        }
        return new Estimate(advantages, returns);
    }
}

package io.solera.rl;

import java.io.Serializable;

/**
 * The critic's loss of PPO (as in its reference implementation, OpenAI baselines): coefficient / 2 times the mean over
 * tokens of max((V - R)^2, (V_clip - R)^2) with V_clip = V_old + clip(V - V_old, -eps, eps). A missing sample has no
 * return: its tokens add 0 but are counted.
 *
 * @param clipRange eps, in the unit of the returns
 * @param coefficient the paper's c1, often called vf_coef
 */
public record ValueLoss(double clipRange, double coefficient) implements Serializable {
    public ValueLoss {
        Setting.above("value-clip-range", clipRange, 0);
        Setting.above("value-coefficient", coefficient, 0);
    }

    /**
     * @param derivatives dL/dV [b][t]
     * @param clipFraction share of tokens whose gradient is clipped to 0
     */
    public record Result(float[][] derivatives, double loss, double clipFraction) {}

    /**
     * @param old the values at rollout time
     * @param tokens number of tokens of the whole minibatch
     */
    public Result of(float[][] values, float[][] old, float[][] returns, boolean[] missing, long tokens) {
        Ragged.requireSameShape(values, old);
        Ragged.requireSameShape(values, returns);
        float[][] derivatives = Ragged.zerosLike(values);
        double loss = 0;
        long clipped = 0;
        for (int b = 0; b < values.length; b++) {
            for (int t = 0; !missing[b] && t < values[b].length; t++) {
                double move = (double) values[b][t] - old[b][t];
                double free = (double) values[b][t] - returns[b][t];
                double bound = old[b][t] + Math.max(-clipRange, Math.min(clipRange, move)) - returns[b][t];
                if (bound * bound > free * free) {
                    clipped++;
                } else {
                    derivatives[b][t] = (float) (coefficient * free / tokens);
                }
                loss += Math.max(free * free, bound * bound);
            }
        }
        return new Result(derivatives, coefficient * loss / 2 / tokens, (double) clipped / tokens);
    }
}

package io.solera.model;

import java.util.BitSet;

/**
 * Draws a token from logits by the inverse of the cumulative distribution: one uniform number, tokens in the order of
 * their ids. Sums are in double precision and in a fixed order, so that the same logits and number give the same token.
 */
final class TokenDraw {
    private final SamplingSettings settings;
    private final BitSet never;
    private final double[] weights;
    private final TopK ranked;
    private double logProbability;

    /** @param never ids that are not drawn, whatever their probability */
    TokenDraw(SamplingSettings settings, int vocabulary, BitSet never) {
        this.settings = settings;
        this.never = never;
        this.weights = new double[vocabulary];
        this.ranked = new TopK(vocabulary);
    }

    /**
     * The token at {@code uniform} in [0, 1) of the distribution over {@code logits[offset ..]}.
     *
     * @throws DivergedPolicyException if a logit is NaN, the largest is infinite, or all are minus infinity
     */
    int draw(float[] logits, int offset, double uniform) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int v = 0; v < weights.length; v++) {
            highest = Math.max(highest, logits[offset + v]);
        }
        double total = 0;
        for (int v = 0; v < weights.length; v++) {
            weights[v] = Math.exp((logits[offset + v] - highest) / settings.temperature());
            total += weights[v];
        }
        if (!(total >= 1)) { // the most probable token has weight 1
            throw new DivergedPolicyException(
                    "Cannot sample: the policy's logits are not finite (its weights are damaged, or its training has"
                            + " diverged: use an earlier round, or a lower learning rate)");
        }
        double kept = truncate(withoutPadding(total));
        int token = inverse(uniform * kept);
        logProbability = (logits[offset + token] - highest) / settings.temperature() - Math.log(total);
        return token;
    }

    /** Sets the weights of ids that are never drawn to 0; returns the total weight that is left. */
    private double withoutPadding(double total) {
        if (never.isEmpty()) {
            return total;
        }
        double left = 0;
        for (int v = 0; v < weights.length; v++) {
            weights[v] = never.get(v) ? 0 : weights[v];
            left += weights[v];
        }
        if (!(left > 0)) {
            throw new DivergedPolicyException("Cannot sample: the policy gives all probability to padding (its weights"
                    + " are damaged, or its training has diverged: use an earlier round, or a lower learning rate)");
        }
        return left;
    }

    /** The log-probability of the last token drawn, under the tempered, untruncated distribution. */
    double logProbability() {
        return logProbability;
    }

    private int inverse(double target) {
        double cumulative = 0;
        int last = 0;
        for (int v = 0; v < weights.length; v++) {
            if (weights[v] > 0) {
                cumulative += weights[v];
                last = v;
                if (target < cumulative) {
                    return v;
                }
            }
        }
        return last;
    }

    /**
     * Sets the weight of tokens outside top-k or top-p to 0; ties at the cutoff are kept. Returns the total weight
     * kept.
     */
    private double truncate(double total) {
        boolean byRank = settings.topK() > 0 && settings.topK() < weights.length;
        if (!byRank && settings.topP() >= 1) {
            return total;
        }
        double edge = byRank ? rankEdge() : massEdge(total);
        double kept = 0;
        for (int v = 0; v < weights.length; v++) {
            weights[v] = weights[v] >= edge ? weights[v] : 0;
            kept += weights[v];
        }
        return kept;
    }

    /** The smallest weight kept by top-k and then top-p. */
    private double rankEdge() {
        double[] head = ranked.of(weights, settings.topK());
        double total = 0;
        for (int i = 0; i < settings.topK(); i++) {
            total += head[i];
        }
        return edge(head, settings.topK(), settings.topP() * total, true);
    }

    /**
     * The smallest weight of the smallest set that reaches top-p: few tokens have most of the weight, so only those are
     * sorted.
     */
    private double massEdge(double total) {
        for (int count = Math.min(64, weights.length); ; count = Math.min(8 * count, weights.length)) {
            boolean all = count == weights.length;
            double edge = edge(ranked.of(weights, count), count, settings.topP() * total, all);
            if (edge > 0 || all) {
                return edge;
            }
        }
    }

    /**
     * The weight at which the sum of descending weights reaches a target; if it never does, the last weight if these
     * are all, else 0.
     */
    private static double edge(double[] descending, int count, double target, boolean all) {
        double cumulative = descending[0];
        int last = 0;
        while (last + 1 < count && cumulative < target) {
            cumulative += descending[++last];
        }
        return cumulative >= target || all ? descending[last] : 0;
    }
}

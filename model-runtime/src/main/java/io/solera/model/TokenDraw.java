package io.solera.model;

import java.util.Arrays;

/**
 * Draws a token from logits by the inverse of the cumulative distribution: one uniform number, tokens in the order of their ids.
 * Sums are in double precision and in a fixed order, so that the same logits and number give the same token.
 */
final class TokenDraw {
    private final SamplingSettings settings;
    private final double[] weights;
    private double logProbability;

    TokenDraw(SamplingSettings settings, int vocabulary) {
        this.settings = settings;
        this.weights = new double[vocabulary];
    }

    /** The token at {@code uniform} in [0, 1) of the distribution over {@code logits[offset ..]}. */
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
        double kept = truncate(total);
        int token = inverse(uniform * kept);
        logProbability = (logits[offset + token] - highest) / settings.temperature() - Math.log(total);
        return token;
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

    /** Sets the weight of tokens that top-k or top-p leave out to 0; ties at the edge stay in. Returns the weight kept. */
    private double truncate(double total) {
        boolean byRank = settings.topK() > 0 && settings.topK() < weights.length;
        if (!byRank && settings.topP() >= 1) {
            return total;
        }
        double[] descending = weights.clone();
        Arrays.sort(descending);
        int last = 0;
        for (int low = 0, high = descending.length - 1; low < high; low++, high--) {
            double swap = descending[low];
            descending[low] = descending[high];
            descending[high] = swap;
        }
        int limit = byRank ? settings.topK() : descending.length;
        double rankTotal = 0;
        for (int i = 0; i < limit; i++) {
            rankTotal += descending[i];
        }
        double cumulative = descending[0];
        while (last + 1 < limit && cumulative < settings.topP() * rankTotal) {
            cumulative += descending[++last];
        }
        double kept = 0;
        for (int v = 0; v < weights.length; v++) {
            weights[v] = weights[v] >= descending[last] ? weights[v] : 0;
            kept += weights[v];
        }
        return kept;
    }
}

package io.solera.rl;

import java.util.Arrays;

/**
 * Advantages of remembered samples next to a rollout's (self-imitation, Oh et al., ICML 2018, which takes max(0, R - V) likewise). The
 * baseline and the scale are the rollout's own: were remembered samples in them, which are far better than what the policy draws at
 * first, they would drown its own signal. A remembered sample counts at least 0, since only what the policy drew tells it what to
 * avoid, and at most as the rollout's best sample (or 1, where that is less).
 */
public final class Replayed {
    private Replayed() {}

    /**
     * @param scores of the rollout, then of what is remembered
     * @param own the rollout's advantages, which rise with its scores along a line
     * @return the advantages of all of them
     */
    public static double[] advantages(double[] scores, double[] own) {
        double[] all = Arrays.copyOf(own, scores.length);
        Moments moments = Moments.of(Arrays.copyOf(scores, own.length));
        double slope = Double.POSITIVE_INFINITY; // where all of the rollout are alike, whatever is better is much better
        double furthest = 0;
        double best = 1;
        for (int b = 0; b < own.length; b++) {
            double distance = Math.abs(scores[b] - moments.mean());
            best = Math.max(best, own[b]);
            if (distance > furthest) {
                furthest = distance;
                slope = Math.abs(own[b]) / distance;
            }
        }
        for (int b = own.length; b < all.length; b++) {
            double above = scores[b] - moments.mean();
            all[b] = above > 0 ? Math.min(best, slope * above) : 0; // a missing one, too, gets 0
        }
        return all;
    }
}

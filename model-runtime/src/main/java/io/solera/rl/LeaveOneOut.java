package io.solera.rl;

import java.io.Serializable;

/**
 * Advantages against the mean of the other samples of the group (Kool et al., 2019; RLOO: Ahmadian et al., ACL 2024):
 * A_b = R_b - mean of the R of the others. A missing score gets 0, as does a score that is the only one in its group.
 *
 * @param standardized whether to divide by the root of the mean square of the batch's advantages, so that rewards in
 *     different units have the same weight; the paper does not
 */
public record LeaveOneOut(boolean standardized) implements Serializable {

    /** The whole batch is one group. */
    public double[] advantages(double[] scores) {
        return advantages(scores, Math.max(1, scores.length));
    }

    /** @param groupSize consecutive samples of the same prompt; the last group may be shorter */
    public double[] advantages(double[] scores, int groupSize) {
        Setting.atLeast("group-size", groupSize, 1);
        double[] advantages = new double[scores.length];
        int end;
        for (int start = 0; start < scores.length; start = end) {
            end = (int) Math.min(scores.length, (long) start + groupSize);
            group(scores, start, end, advantages);
        }
        if (standardized) {
            standardize(scores, advantages);
        }
        return advantages;
    }

    // R_b - (sum - R_b) / (n - 1) = n / (n - 1) (R_b - mean), which does not cancel when the scores are large
    private static void group(double[] scores, int start, int end, double[] advantages) {
        int count = 0;
        double sum = 0;
        for (int b = start; b < end; b++) {
            if (!Double.isNaN(scores[b])) {
                count++;
                sum += scores[b];
            }
        }
        for (int b = start; b < end && count > 1; b++) {
            if (!Double.isNaN(scores[b])) {
                advantages[b] = (scores[b] - sum / count) * count / (count - 1);
            }
        }
    }

    private static void standardize(double[] scores, double[] advantages) {
        int count = 0;
        double squares = 0;
        for (int b = 0; b < scores.length; b++) {
            if (!Double.isNaN(scores[b])) {
                count++;
                squares += advantages[b] * advantages[b];
            }
        }
        double scale = count == 0 ? 1 : Math.sqrt(squares / count + 1e-8);
        for (int b = 0; b < advantages.length; b++) {
            advantages[b] /= scale;
        }
    }
}

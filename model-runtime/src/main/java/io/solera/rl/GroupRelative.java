package io.solera.rl;

import java.util.Arrays;

/**
 * Advantages of GRPO (Shao et al., 2024, DeepSeekMath, section 4.1): A_b = (R_b - mean) / (deviation + 1e-4) over the
 * samples of the same prompt, the deviation over n - 1 as in TRL. A missing score is left out of both and gets
 * advantage 0, as does a score that is the only one in its group. Used with {@link ClippedLoss}, which divides by all
 * tokens of the minibatch (DAPO, Yu et al., 2025) where the paper divides by each sample's own first, so that long
 * samples are not favoured.
 */
public final class GroupRelative {
    private static final double EPSILON = 1e-4;

    private GroupRelative() {}

    /** @param groupSize consecutive samples of the same prompt; the last group may be shorter */
    public static double[] advantages(double[] scores, int groupSize) {
        Setting.atLeast("group-size", groupSize, 1);
        double[] advantages = new double[scores.length];
        int end;
        for (int start = 0; start < scores.length; start = end) {
            end = (int) Math.min(scores.length, (long) start + groupSize);
            Moments moments = Moments.of(Arrays.copyOfRange(scores, start, end));
            for (int b = start; b < end && moments.count() > 1; b++) {
                if (!Double.isNaN(scores[b])) {
                    advantages[b] = (scores[b] - moments.mean()) / (Math.sqrt(moments.variance()) + EPSILON);
                }
            }
        }
        return advantages;
    }
}

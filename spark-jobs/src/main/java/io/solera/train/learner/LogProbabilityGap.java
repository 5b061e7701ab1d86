package io.solera.train.learner;

import java.io.Serializable;

/**
 * Where the log-probability of a token when it was drawn and the one that the update computed are farthest apart. Both
 * are of the same policy, so a gap is an error of the networks' arithmetic, from which training would learn.
 *
 * @param sample its id
 * @param token its place among the sample's tokens, from 0
 */
public record LogProbabilityGap(long sample, int token, float drawn, float recomputed) implements Serializable {
    /** Up to this gap, in nats, an update takes what was drawn for what it would compute itself. */
    public static final double EQUAL = 1e-4;

    /**
     * The largest of a rollout; 0 where nothing was computed again. The sample is its place.
     *
     * @param drawn [b][t]
     * @param recomputed [b][t] by the update; [b][0] of samples that it has not computed
     */
    public static LogProbabilityGap of(float[][] drawn, float[][] recomputed) {
        LogProbabilityGap largest = new LogProbabilityGap(0, 0, 0, 0);
        for (int b = 0; b < drawn.length; b++) {
            for (int t = 0; t < recomputed[b].length; t++) {
                LogProbabilityGap gap = new LogProbabilityGap(b, t, drawn[b][t], recomputed[b][t]);
                if (gap.nats() > largest.nats()) {
                    largest = gap;
                }
            }
        }
        return largest;
    }

    /** The same of a sample with this id. */
    public LogProbabilityGap ofSample(long id) {
        return new LogProbabilityGap(id, token, drawn, recomputed);
    }

    /** Its size; infinite where one of the two is not a number. */
    public double nats() {
        double gap = Math.abs((double) drawn - recomputed);
        return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
    }
}

package io.solera.train.learner;

import io.solera.train.rollout.ScoredSample;
import java.io.Serializable;
import java.util.List;

/**
 * Where the log-probability of a token when it was drawn and the one that the update computed are farthest apart. Both
 * are of the same policy, so a gap is an error of the networks' arithmetic, from which training would learn.
 *
 * @param sample its id
 * @param token its place among the sample's tokens, from 0
 */
public record LogProbabilityGap(long sample, int token, float drawn, float recomputed) implements Serializable {
    /** The largest of a rollout; of a rollout without tokens it is 0. */
    public static LogProbabilityGap of(List<ScoredSample> samples, float[][] recomputed) {
        LogProbabilityGap largest = new LogProbabilityGap(0, 0, 0, 0);
        for (int b = 0; b < samples.size(); b++) {
            float[] drawn = samples.get(b).logProbabilities();
            for (int t = 0; t < drawn.length; t++) {
                LogProbabilityGap gap = new LogProbabilityGap(samples.get(b).id(), t, drawn[t], recomputed[b][t]);
                if (gap.nats() > largest.nats()) {
                    largest = gap;
                }
            }
        }
        return largest;
    }

    /** Its size; infinite where one of the two is not a number. */
    public double nats() {
        double gap = Math.abs((double) drawn - recomputed);
        return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
    }
}

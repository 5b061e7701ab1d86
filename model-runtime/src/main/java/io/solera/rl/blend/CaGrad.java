package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import io.solera.rl.Setting;
import java.util.Arrays;

/**
 * CAGrad (Liu et al., Conflict-Averse Gradient Descent, NeurIPS 2021): within c |g_0| of the weighted mean g_0, the d
 * whose smallest (d, u_i) is largest, so that the reward that gains least gains most. d = g_0 + sum_i y_i u_i with y
 * of 0 or more. For a given smallest product t, the nearest d to g_0 with (d, u_i) >= t for all i is a quadratic
 * problem; its distance is a convex function of t with the slope sum_i y_i / distance, and t, at which it is c |g_0|,
 * is found by Newton's method from above. Where some updates oppose each other exactly, no t is above 0, and d is the
 * nearest with t = 0, or as near to that as c allows.
 *
 * <p>Departures: d is divided by 1 + c. The paper's d of updates that agree is 1 + c times as long as they are;
 * divided, d is never longer than g_0, and the blend of one expert is that expert. The paper's g_0 has even weights.
 * Updates with weight 0 are left out; a zero update has no part.
 *
 * @param c on [0, 1): 0 is the weighted mean, near 1 it is close to MGDA's direction
 */
public record CaGrad(double c) implements BlendRule {
    /** Where a job does not say. */
    public static final double DEFAULT_C = 0.5;

    private static final int STEPS = 200;
    private static final double TOLERANCE = 1e-13;

    /** A shortest vector in the hull below this share of the shortest update's length is rounding. */
    private static final double ZERO = 1e-7;

    public CaGrad {
        Setting.atLeastZeroBelowOne("cagrad-c", c);
    }

    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        UnitUpdates updates = UnitUpdates.of(gram, weights);
        double[] mean = updates.mean();
        if (c == 0 || updates.count() < 2) {
            return updates.alphasOfMeanPlus(new double[mean.length]);
        }
        double[] alphas = updates.alphasOfMeanPlus(towardsLeastGain(updates, mean));
        return Arrays.stream(alphas).map(alpha -> alpha / (1 + c)).toArray();
    }

    private double[] towardsLeastGain(UnitUpdates updates, double[] mean) {
        double length = updates.length(mean);
        double radius = c * length;
        double[] along = updates.along(mean);
        double shortest = updates.length(MinNorm.point(updates, updates.norms()));
        boolean opposed =
                shortest <= ZERO * Arrays.stream(updates.norms()).min().orElse(1);
        double t = 0;
        double[] y = nearest(updates, along, t);
        double distance = updates.length(y);
        if (distance < radius && !opposed) {
            // more cannot be reached: (d, u) is at least t for the shortest u of the hull too
            t = (length + radius) * shortest;
            y = nearest(updates, along, t);
            distance = updates.length(y);
        }
        for (int step = 0; step < STEPS && distance > radius * (1 + TOLERANCE); step++) {
            double slope = 0;
            for (int i = 0; i < y.length; i++) {
                slope += y[i] / updates.norms()[i] / distance;
            }
            t -= (distance - radius) / slope;
            y = nearest(updates, along, t);
            distance = updates.length(y);
        }
        return y;
    }

    /** y of the d nearest to the mean with (d, u_i) >= t for all i. */
    private static double[] nearest(UnitUpdates updates, double[] along, double t) {
        double[] missing = new double[along.length];
        Arrays.setAll(missing, i -> t / updates.norms()[i] - along[i]);
        return NonNegativeQuadratic.minimum(updates.cosines(), missing);
    }
}

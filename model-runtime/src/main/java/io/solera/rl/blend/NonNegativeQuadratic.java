package io.solera.rl.blend;

/**
 * The x of numbers that are 0 or more at which x'Qx / 2 - p'x is smallest, for a small Q that is positive semidefinite,
 * with a diagonal of about 1, and for p in its range: the active set method of Lawson and Hanson (Solving Least Squares
 * Problems, 1974, chapter 23) on the normal equations. Numbers above 0 are the passive set. The one with the steepest
 * descent joins it; the minimum over the set follows; those that it would make negative leave. One that depends on the
 * set moves x along the dependence, where the objective is linear, until another leaves. Where more than one x is a
 * minimum, all have the same Qx.
 */
final class NonNegativeQuadratic {
    /** A slope below this share of the terms that it is a sum of is rounding. */
    private static final double ROUNDING = 1e-14;

    private static final int STEPS_PER_NUMBER = 30;

    private final double[][] q;
    private final double[] p;
    private final boolean[] passive;
    private double[] x;

    private NonNegativeQuadratic(double[][] q, double[] p) {
        this.q = q;
        this.p = p;
        passive = new boolean[p.length];
        x = new double[p.length];
    }

    static double[] minimum(double[][] q, double[] p) {
        NonNegativeQuadratic problem = new NonNegativeQuadratic(q, p);
        for (int step = 0; step < STEPS_PER_NUMBER * p.length && problem.descends(); step++) {}
        return problem.x;
    }

    /** One number joins the set, if the objective decreases with any. */
    private boolean descends() {
        int steepest = -1;
        double most = 0;
        for (int i = 0; i < p.length; i++) {
            double slope = p[i];
            double terms = Math.abs(p[i]);
            for (int j = 0; j < p.length; j++) {
                slope -= q[i][j] * x[j];
                terms += Math.abs(q[i][j] * x[j]);
            }
            if (!passive[i] && slope > most && slope > ROUNDING * terms) {
                steepest = i;
                most = slope;
            }
        }
        if (steepest >= 0) {
            passive[steepest] = true;
            while (!reachesMinimumOfSet()) {}
        }
        return steepest >= 0;
    }

    /** Moves x towards the minimum over the set, until a number is 0, which leaves it. */
    private boolean reachesMinimumOfSet() {
        double[] minimum = Cholesky.solution(q, p, passive);
        int blocking = -1;
        double share = 1;
        for (int i = 0; i < x.length; i++) {
            if (passive[i] && minimum[i] <= 0) {
                double reached = x[i] / (x[i] - minimum[i]);
                if (blocking < 0 || reached < share) {
                    blocking = i;
                    share = reached;
                }
            }
        }
        if (blocking < 0) {
            x = minimum;
            return true;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = i == blocking ? 0 : Math.max(0, x[i] + share * (minimum[i] - x[i]));
        }
        passive[blocking] = false;
        return false;
    }
}

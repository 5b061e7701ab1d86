package io.solera.rl.blend;

/**
 * Solves a small positive semidefinite system on some of its unknowns by Cholesky's factorisation Q = L L'. A pivot is
 * at least {@link #PIVOT}, so that an unknown that depends on those before it, up to rounding, gets some finite value.
 */
final class Cholesky {
    private static final double PIVOT = 1e-15;

    private Cholesky() {}

    /**
     * x of Q x = p on a set of unknowns; the others are 0.
     *
     * @param q with a diagonal of about 1
     */
    static double[] solution(double[][] q, double[] p, boolean[] set) {
        int n = p.length;
        double[][] l = new double[n][n];
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            if (set[i]) {
                x[i] = p[i];
                for (int j = 0; j <= i; j++) {
                    double sum = set[j] ? q[i][j] : 0;
                    for (int k = 0; k < j; k++) {
                        sum -= l[i][k] * l[j][k];
                    }
                    if (j == i) {
                        l[i][i] = Math.sqrt(Math.max(sum, PIVOT));
                    } else if (set[j]) {
                        l[i][j] = sum / l[j][j];
                        x[i] -= l[i][j] * x[j];
                    }
                }
                x[i] /= l[i][i];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; set[i] && k < n; k++) {
                x[i] -= l[k][i] * x[k];
            }
            x[i] = set[i] ? x[i] / l[i][i] : 0;
        }
        return x;
    }
}

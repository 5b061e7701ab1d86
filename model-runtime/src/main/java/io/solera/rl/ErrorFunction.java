package io.solera.rl;

/**
 * erf(x) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x, by the series 2 / sqrt(pi) exp(-x^2) sum_n 2^n
 * x^(2n+1) / (2n+1)!! (M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 1964, 7.1.6), whose terms have
 * one sign: exact to about 1e-15.
 */
final class ErrorFunction {
    private static final double ONE = 6; // from here on erf is 1 in double precision

    private ErrorFunction() {}

    static double of(double x) {
        if (Math.abs(x) >= ONE) {
            return Math.signum(x);
        }
        double term = x;
        double sum = 0;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }
}

package io.solera.rl;

/**
 * The share of the returns' variance that a critic explains: 1 - Var(R - V) / Var(R), over all tokens of samples that
 * are not missing.
 */
public final class ExplainedVariance {
    private ExplainedVariance() {}

    /**
     * 1 for a perfect critic, 0 for a constant one, below 0 for a misleading one; NaN where all returns are the same.
     */
    public static double of(float[][] returns, float[][] values, boolean[] missing) {
        Ragged.requireSameShape(returns, values);
        double[] all = new double[(int) Ragged.tokens(returns)];
        double[] errors = new double[all.length];
        int n = 0;
        for (int b = 0; b < returns.length; b++) {
            for (int t = 0; t < returns[b].length; t++) {
                all[n] = missing[b] ? Double.NaN : returns[b][t];
                errors[n] = all[n] - values[b][t];
                n++;
            }
        }
        double variance = Moments.of(all).variance();
        return variance > 0 ? 1 - Moments.of(errors).variance() / variance : Double.NaN;
    }
}

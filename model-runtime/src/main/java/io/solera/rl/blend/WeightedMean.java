package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import io.solera.rl.Setting;

/**
 * alpha_i = w_i / sum_S w_j over the experts S of the round (Ghari, Sciabola and Wang, NeurIPS 2025; FedAvg with
 * N = M).
 */
public record WeightedMean() implements BlendRule {
    @Override
    public double[] coefficients(GramMatrix gram, double[] weights, RandomKey key) {
        gram.requireFinite();
        return of(weights);
    }

    /** The weights divided by their sum. */
    public static double[] of(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            Setting.atLeast("weight", weight, 0);
            sum += weight;
        }
        Setting.above("sum of weights", sum, 0);
        double[] alphas = new double[weights.length];
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] = weights[i] / sum;
        }
        return alphas;
    }
}

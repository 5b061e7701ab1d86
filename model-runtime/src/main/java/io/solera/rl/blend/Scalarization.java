package io.solera.rl.blend;

import io.solera.rl.Whitening;

/** Linear scalarisation (MORLHF): one score per sample, sum_i w_i R_i over rewards brought to mean 0 and deviation 1 in the batch. */
public final class Scalarization {
    private Scalarization() {}

    /**
     * The scores of the samples; missing where any of its rewards with a weight above 0 is missing.
     *
     * @param rewards [N][B], one row per reward
     * @param weights divided by their sum
     */
    public static double[] scores(double[][] rewards, double[] weights) {
        double[] alphas = WeightedMean.of(weights);
        double[] scores = new double[rewards[0].length];
        for (int i = 0; i < rewards.length; i++) {
            double[] standard = Whitening.scores(rewards[i]);
            for (int b = 0; alphas[i] > 0 && b < scores.length; b++) {
                scores[b] += alphas[i] * standard[b];
            }
        }
        return scores;
    }
}

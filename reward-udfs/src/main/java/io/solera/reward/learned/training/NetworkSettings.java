package io.solera.reward.learned.training;

import java.util.List;

/**
 * How a network is made and trained.
 *
 * @param hidden widths of the hidden layers; none: logistic or linear regression
 * @param dropout share of each layer's inputs that a training step leaves out
 * @param l2 weight of the squared weights in the loss
 * @param positiveWeight how much an active counts in the loss of a classification, an inactive counting 1
 * @param epochs at most
 * @param patience epochs without a better validation loss before training ends
 */
public record NetworkSettings(
        List<Integer> hidden,
        double dropout,
        double learningRate,
        double l2,
        double positiveWeight,
        int batchSize,
        int epochs,
        int patience,
        long seed) {
    public NetworkSettings {
        hidden = List.copyOf(hidden);
        for (int width : hidden) {
            atLeastOne("hidden", width);
        }
        within("dropout", dropout >= 0 && dropout < 1, dropout, "at least 0 and below 1");
        within("learning-rate", learningRate > 0 && Double.isFinite(learningRate), learningRate, "above 0");
        within("l2", l2 >= 0 && Double.isFinite(l2), l2, "0 or more");
        within("positive-weight", positiveWeight > 0 && Double.isFinite(positiveWeight), positiveWeight, "above 0");
        atLeastOne("batch-size", batchSize);
        atLeastOne("epochs", epochs);
        atLeastOne("patience", patience);
    }

    public static NetworkSettings defaults() {
        return new NetworkSettings(List.of(256), 0.5, 1e-3, 1e-4, 1, 128, 30, 4, 1);
    }

    /** The linear model on the same features, with what serves it best. */
    public NetworkSettings linear() {
        return new NetworkSettings(List.of(), 0, 3e-3, 1e-4, positiveWeight, batchSize, 2 * epochs, patience, seed);
    }

    public NetworkSettings epochs(int number) {
        return new NetworkSettings(
                hidden, dropout, learningRate, l2, positiveWeight, batchSize, number, patience, seed);
    }

    private static void atLeastOne(String key, int value) {
        within(key, value >= 1, value, "at least 1");
    }

    private static void within(String key, boolean fine, Object value, String rule) {
        if (!fine) {
            throw new IllegalArgumentException("Invalid %s: %s (must be %s)".formatted(key, value, rule));
        }
    }
}

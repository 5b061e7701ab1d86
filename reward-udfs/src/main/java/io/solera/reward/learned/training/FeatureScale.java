package io.solera.reward.learned.training;

import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.NetworkWeights;
import io.solera.reward.learned.encoding.Features;
import java.util.List;

/**
 * How features are brought to mean 0 and deviation 1 for training: (x - mean) / deviation. Bits stay as they are.
 *
 * @param mean per feature; empty for bits
 */
record FeatureScale(float[] mean, float[] deviation) {
    static FeatureScale of(List<Features> features) {
        if (features.get(0) instanceof Features.Bits) {
            return new FeatureScale(new float[0], new float[0]);
        }
        int width = features.get(0).width();
        double[] sum = new double[width];
        double[] squares = new double[width];
        float[] row = new float[width];
        for (Features each : features) {
            each.write(row);
            for (int k = 0; k < width; k++) {
                sum[k] += row[k];
                squares[k] += (double) row[k] * row[k];
            }
        }
        float[] mean = new float[width];
        float[] deviation = new float[width];
        for (int k = 0; k < width; k++) {
            double average = sum[k] / features.size();
            double spread = Math.sqrt(Math.max(0, squares[k] / features.size() - average * average));
            mean[k] = (float) average;
            deviation[k] = spread > 1e-6 ? (float) spread : 1;
        }
        return new FeatureScale(mean, deviation);
    }

    LabelledTexts applied(LabelledTexts texts) {
        if (mean.length == 0) {
            return texts;
        }
        List<Features> scaled = texts.features().stream().map(this::applied).toList();
        return new LabelledTexts(texts.texts(), scaled, texts.labels());
    }

    private Features applied(Features features) {
        float[] row = new float[mean.length];
        features.write(row);
        for (int k = 0; k < row.length; k++) {
            row[k] = (row[k] - mean[k]) / deviation[k];
        }
        return new Features.Numbers(row);
    }

    /** The network as a function of features that are not scaled. */
    NetworkWeights removed(NetworkWeights trained) {
        return mean.length == 0 ? trained : trained.unstandardised(mean, deviation);
    }
}

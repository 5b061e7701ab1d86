package io.solera.reward.learned;

import io.solera.reward.learned.encoding.Features;
import java.util.ArrayList;
import java.util.List;

/**
 * Molecules, sequences or other texts with what was measured of them.
 *
 * @param features what a network reads of each, all of one width
 * @param labels [text][task], NaN where nothing was measured
 */
public record LabelledTexts(List<String> texts, List<Features> features, float[][] labels) {
    public LabelledTexts {
        texts = List.copyOf(texts);
        features = List.copyOf(features);
        if (features.size() != texts.size() || labels.length != texts.size()) {
            throw new IllegalArgumentException("Invalid labels: %d texts, %d rows of features, %d rows of labels"
                    .formatted(texts.size(), features.size(), labels.length));
        }
    }

    public int size() {
        return texts.size();
    }

    public LabelledTexts at(int[] indices) {
        List<String> of = new ArrayList<>(indices.length);
        List<Features> read = new ArrayList<>(indices.length);
        float[][] rows = new float[indices.length][];
        for (int i = 0; i < indices.length; i++) {
            of.add(texts.get(indices[i]));
            read.add(features.get(indices[i]));
            rows[i] = labels[indices[i]];
        }
        return new LabelledTexts(of, read, rows);
    }
}

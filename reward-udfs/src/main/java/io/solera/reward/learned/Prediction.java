package io.solera.reward.learned;

import io.solera.reward.BoundedCache;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.molecule.MoleculeReward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One output of a learned network as a reward. New texts of a batch go through the network together, values are kept by their
 * {@linkplain Encoding#key keys}; there is one network per object, so one per JVM and reward.
 */
public final class Prediction implements Reward {
    private static final int CACHED = 1 << 16;

    private final LearnedModel model;
    private final int output;
    private final Domain within;
    private transient @Nullable FeatureNetwork network;
    private transient @Nullable BoundedCache<String, Score> values;

    /** @param task one of the model's, or empty for the only one */
    public Prediction(LearnedModel model, String task, Domain within) {
        if (model.task() == Task.REGRESSION && within.rule() != Domain.Rule.NONE) {
            throw new IllegalArgumentException(
                    "Invalid domain: %s (must be none for a regression, which has no value for inactive)"
                            .formatted(within.rule().text()));
        }
        if (model.known().isEmpty() && within.rule() != Domain.Rule.NONE) {
            throw new IllegalArgumentException("Invalid domain: %s (must be none for a network on %s)"
                    .formatted(within.rule().text(), model.encoding().phrase()));
        }
        this.model = model;
        this.output = model.place(task);
        this.within = within;
    }

    /** The similarity to the nearest known active of a task, as a reward. */
    public static Reward applicability(LearnedModel model, String task) {
        int place = model.place(task);
        if (model.known().isEmpty()) {
            throw new IllegalArgumentException("Invalid model: it reads %s (must be of fingerprints)"
                    .formatted(model.encoding().phrase()));
        }
        return new MoleculeReward(new Applicability(model.known().get(place)));
    }

    /** Of molecules only: nothing says how near a sequence or a hidden state is. */
    @Override
    public @Nullable Reward domain() {
        return model.known().isEmpty()
                ? null
                : new MoleculeReward(new Applicability(model.known().get(output)));
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Encoding.Key> keys = new ArrayList<>(texts.size());
        Map<String, String> open = new LinkedHashMap<>();
        Map<String, Score> found = new HashMap<>();
        for (String text : texts) {
            Encoding.Key key = model.encoding().key(text);
            keys.add(key);
            if (text != null && key.status() == Status.OK) {
                Score known = values().find(key.text());
                if (known == null) {
                    open.put(key.text(), text);
                } else {
                    found.put(key.text(), known);
                }
            }
        }
        found.putAll(predicted(open));
        List<Score> scores = new ArrayList<>(texts.size());
        for (Encoding.Key key : keys) {
            Score score = found.get(key.text());
            scores.add(score == null ? Score.missing(key.status()) : score);
        }
        return scores;
    }

    /** @param open from keys to texts */
    private Map<String, Score> predicted(Map<String, String> open) {
        Map<String, Score> scores = new HashMap<>();
        if (open.isEmpty()) {
            return scores;
        }
        List<Features> features = model.encoding().features(List.copyOf(open.values()));
        float[][] predictions = network().predict(features);
        int row = 0;
        for (String key : open.keySet()) {
            Score score = Score.of(applied(predictions[row][output], features.get(row)));
            values().put(key, score);
            scores.put(key, score);
            row++;
        }
        return scores;
    }

    private double applied(double value, Features features) {
        return features instanceof Features.Bits bits && !model.known().isEmpty()
                ? within.applied(value, bits.words(), model.known().get(output))
                : value;
    }

    private synchronized FeatureNetwork network() {
        if (network == null) {
            network = new FeatureNetwork(model.task(), model.weights());
        }
        return network;
    }

    private synchronized BoundedCache<String, Score> values() {
        if (values == null) {
            values = new BoundedCache<>(CACHED);
        }
        return values;
    }
}

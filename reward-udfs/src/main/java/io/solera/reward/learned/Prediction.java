package io.solera.reward.learned;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.molecule.MoleculeReward;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One output of a learned network as a reward. New texts of a batch go through the network together, values are kept by their
 * {@linkplain Encoding#key keys}; there is one network per object, so one per JVM and reward.
 */
public final class Prediction implements Reward {
    private final LearnedModel model;
    private final int output;
    private final Domain within;
    private transient @Nullable FeatureNetwork network;
    private transient @Nullable KeyedScores values;

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
        return values().score(texts, model.encoding()::key, this::computed);
    }

    private List<Score> computed(List<String> texts) {
        List<Features> features = model.encoding().features(texts);
        float[][] predictions = network().predict(features);
        return IntStream.range(0, texts.size())
                .mapToObj(row -> Score.of(applied(predictions[row][output], features.get(row))))
                .toList();
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

    private synchronized KeyedScores values() {
        if (values == null) {
            values = new KeyedScores();
        }
        return values;
    }
}

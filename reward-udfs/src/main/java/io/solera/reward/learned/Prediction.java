package io.solera.reward.learned;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.learned.encoding.Encoding;
import io.solera.reward.learned.encoding.Features;
import io.solera.reward.learned.encoding.KeyedScores;
import io.solera.reward.learned.encoding.OneHot;
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
    private final boolean lowestIsWorst;
    private transient @Nullable FeatureNetwork network;
    private transient SequenceDomain.@Nullable Nearest nearest;
    private transient @Nullable KeyedScores values;

    /** @param task one of the model's, or empty for the only one */
    public Prediction(LearnedModel model, String task, Domain within) {
        this(model, task, within, true);
    }

    /** @param lowestIsWorst whether the lowest label counts far from what a network on sequences has seen, or the highest */
    public Prediction(LearnedModel model, String task, Domain within, boolean lowestIsWorst) {
        if (within.rule() != Domain.Rule.NONE && model.seen() == null) {
            requireActives(model, within);
        }
        this.model = model;
        this.output = model.place(task);
        this.within = within;
        this.lowestIsWorst = lowestIsWorst;
    }

    private static void requireActives(LearnedModel model, Domain within) {
        String rule = within.rule().text();
        if (model.encoding() instanceof OneHot) {
            throw new IllegalArgumentException(
                    "Invalid domain: %s (must be none: the folder holds no sequences.txt.gz; train the network again)"
                            .formatted(rule));
        }
        if (model.task() == Task.REGRESSION) {
            throw new IllegalArgumentException(
                    "Invalid domain: %s (must be none for a regression, which has no value for inactive)"
                            .formatted(rule));
        }
        if (model.known().isEmpty()) {
            throw new IllegalArgumentException("Invalid domain: %s (must be none for a network on %s)"
                    .formatted(rule, model.encoding().phrase()));
        }
    }

    /** The similarity to the nearest known active of a task, or to the nearest training sequence, as a reward. */
    public static Reward applicability(LearnedModel model, String task) {
        Reward near = nearness(model, model.place(task));
        if (near == null) {
            throw new IllegalArgumentException(
                    "Invalid model: it reads %s (must be of fingerprints, or of sequences with sequences.txt.gz)"
                            .formatted(model.encoding().phrase()));
        }
        return near;
    }

    /** Nothing says how near a hidden state is. */
    private static @Nullable Reward nearness(LearnedModel model, int task) {
        SequenceDomain seen = model.seen();
        if (seen != null) {
            return new SequenceNearness(seen);
        }
        return model.known().isEmpty()
                ? null
                : new MoleculeReward(new Applicability(model.known().get(task)));
    }

    @Override
    public @Nullable Reward domain() {
        return nearness(model, output);
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        return values().score(texts, model.encoding()::key, this::computed);
    }

    private List<Score> computed(List<String> texts) {
        List<Features> features = model.encoding().features(texts);
        float[][] predictions = network().predict(features);
        return IntStream.range(0, texts.size())
                .mapToObj(row -> Score.of(applied(predictions[row][output], texts.get(row), features.get(row))))
                .toList();
    }

    private double applied(double value, String text, Features features) {
        SequenceDomain seen = model.seen();
        if (seen != null && within.rule() != Domain.Rule.NONE) {
            double near = nearest(seen).of(seen.encoding().key(text).text());
            double lowest = seen.lowest()[output];
            double highest = seen.highest()[output];
            return lowestIsWorst
                    ? within.applied(value, near, lowest, highest)
                    : within.applied(value, near, highest, lowest);
        }
        return features instanceof Features.Bits bits && !model.known().isEmpty()
                ? within.applied(value, bits.words(), model.known().get(output))
                : value;
    }

    private synchronized SequenceDomain.Nearest nearest(SequenceDomain seen) {
        if (nearest == null) {
            nearest = seen.nearest();
        }
        return nearest;
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

package io.solera.reward.learned;

import io.solera.reward.BoundedCache;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.molecule.Fingerprint;
import io.solera.reward.molecule.Molecule;
import io.solera.reward.molecule.MoleculeReward;
import io.solera.reward.molecule.Molecules;
import io.solera.reward.molecule.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One output of a learned network as a reward. New molecules of a batch go through the network together, values are kept by canonical
 * SMILES; there is one network per object, so one per JVM and reward.
 */
public final class Prediction implements Reward {
    private static final int CACHED = 1 << 16;

    private final LearnedModel model;
    private final int output;
    private final Domain within;
    private transient @Nullable FingerprintNetwork network;
    private transient @Nullable BoundedCache<String, Score> values;

    /** @param task one of the model's, or empty for the only one */
    public Prediction(LearnedModel model, String task, Domain within) {
        if (model.task() == Task.REGRESSION && within.rule() != Domain.Rule.NONE) {
            throw new IllegalArgumentException(
                    "Invalid domain: %s (must be none for a regression, which has no value for inactive)"
                            .formatted(within.rule().text()));
        }
        this.model = model;
        this.output = model.place(task);
        this.within = within;
    }

    /** The similarity to the nearest known active of a task, as a reward. */
    public static Reward applicability(LearnedModel model, String task) {
        return new MoleculeReward(new Applicability(model.known().get(model.place(task))));
    }

    @Override
    public Reward domain() {
        return new MoleculeReward(new Applicability(model.known().get(output)));
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Reading> readings = new ArrayList<>(texts.size());
        Map<String, Molecule> open = new LinkedHashMap<>();
        Map<String, Score> found = new LinkedHashMap<>();
        for (String text : texts) {
            Reading reading = Molecules.read(text);
            readings.add(reading);
            Molecule molecule = reading.molecule();
            if (molecule != null) {
                Score known = values().find(molecule.canonicalSmiles());
                if (known == null) {
                    open.put(molecule.canonicalSmiles(), molecule);
                } else {
                    found.put(molecule.canonicalSmiles(), known);
                }
            }
        }
        found.putAll(predicted(open));
        List<Score> scores = new ArrayList<>(texts.size());
        for (Reading reading : readings) {
            Molecule molecule = reading.molecule();
            Score score = molecule == null ? null : found.get(molecule.canonicalSmiles());
            scores.add(score == null ? Score.missing(reading.status()) : score);
        }
        return scores;
    }

    private Map<String, Score> predicted(Map<String, Molecule> open) {
        Map<String, Score> scores = new LinkedHashMap<>();
        if (open.isEmpty()) {
            return scores;
        }
        List<long[]> fingerprints = open.values().stream().map(Fingerprint::of).toList();
        float[][] predictions = network().predict(fingerprints);
        int row = 0;
        for (String canonical : open.keySet()) {
            double value = predictions[row][output];
            Score score = Score.of(
                    within.applied(value, fingerprints.get(row), model.known().get(output)));
            values().put(canonical, score);
            scores.put(canonical, score);
            row++;
        }
        return scores;
    }

    private synchronized FingerprintNetwork network() {
        if (network == null) {
            network = new FingerprintNetwork(model.task(), model.weights());
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

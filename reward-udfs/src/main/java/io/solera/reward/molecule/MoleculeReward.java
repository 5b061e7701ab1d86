package io.solera.reward.molecule;

import io.solera.reward.BoundedCache;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward that is a function of the molecule, not of its spelling: strings share the JVM's cache of {@link Molecules}, values are
 * kept by canonical SMILES.
 */
public final class MoleculeReward implements Reward {
    private static final int CACHED = 1 << 16;

    private final Property property;
    private transient @Nullable BoundedCache<String, Score> values;

    public MoleculeReward(Property property) {
        this.property = property;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            Reading reading = Molecules.read(text);
            Molecule molecule = reading.molecule();
            scores.add(molecule == null ? Score.missing(reading.status()) : score(molecule));
        }
        return scores;
    }

    private Score score(Molecule molecule) {
        return values().get(molecule.canonicalSmiles(), canonical -> property.score(molecule));
    }

    private synchronized BoundedCache<String, Score> values() {
        if (values == null) {
            values = new BoundedCache<>(CACHED);
        }
        return values;
    }
}

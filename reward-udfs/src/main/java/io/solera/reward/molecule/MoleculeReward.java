package io.solera.reward.molecule;

import io.solera.reward.BoundedCache;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.graph.Property;
import io.solera.reward.molecule.smiles.MoleculeReader;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.reward.molecule.smiles.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reward that is a function of the molecule, not of its spelling. Strings share the JVM's cache of {@link Molecules}; values are kept by
 * string, since most are new and a canonical SMILES costs more than a value.
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
        BoundedCache<String, Score> known = values();
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            scores.add(
                    text == null || text.length() > MoleculeReader.CHARACTERS
                            ? score(text)
                            : known.get(text, this::score));
        }
        return scores;
    }

    private Score score(@Nullable String text) {
        Reading reading = Molecules.read(text);
        Molecule molecule = reading.molecule();
        return molecule == null ? Score.missing(reading.status()) : property.score(molecule);
    }

    private synchronized BoundedCache<String, Score> values() {
        if (values == null) {
            values = new BoundedCache<>(CACHED);
        }
        return values;
    }
}

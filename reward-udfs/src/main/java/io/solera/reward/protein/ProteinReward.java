package io.solera.reward.protein;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reward that parses a text as a protein, see {@link Residues}, and computes a property of it. */
final class ProteinReward implements Reward {
    private final Property property;

    ProteinReward(Property property) {
        this.property = property;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            Status status = Residues.status(text);
            scores.add(text == null || status != Status.OK ? Score.missing(status) : score(Residues.of(text)));
        }
        return scores;
    }

    private Score score(Residues residues) {
        Status status = property.status(residues);
        if (status != Status.OK) {
            return Score.missing(status);
        }
        double value = property.of(residues);
        return Double.isNaN(value) ? Score.missing(Status.NOT_APPLICABLE) : Score.of(value);
    }
}

package io.solera.reward.dna;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reward that parses a text as DNA, see {@link Bases}, and computes a property of it. */
final class DnaReward implements Reward {
    private final Property property;

    DnaReward(Property property) {
        this.property = property;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            Status status = Bases.status(text);
            scores.add(text == null || status != Status.OK ? Score.missing(status) : score(Bases.of(text)));
        }
        return scores;
    }

    private Score score(Bases bases) {
        Status status = property.status(bases);
        if (status != Status.OK) {
            return Score.missing(status);
        }
        double value = property.of(bases);
        return Double.isNaN(value) ? Score.missing(Status.NOT_APPLICABLE) : Score.of(value);
    }
}

package io.solera.reward.learned;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.learned.encoding.Encoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How near a sequence is to those that a network was trained on, as a reward; see {@link SequenceDomain}. */
final class SequenceNearness implements Reward {
    private final SequenceDomain seen;
    private transient SequenceDomain.@Nullable Nearest nearest;

    SequenceNearness(SequenceDomain seen) {
        this.seen = seen;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            Encoding.Key key = seen.encoding().key(text);
            scores.add(key.status() == Status.OK ? Score.of(nearest().of(key.text())) : Score.missing(key.status()));
        }
        return scores;
    }

    private synchronized SequenceDomain.Nearest nearest() {
        if (nearest == null) {
            nearest = seen.nearest();
        }
        return nearest;
    }
}

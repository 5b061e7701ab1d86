package io.solera.reward.text;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A comparison as a reward: with one reference for all texts, or with one for each. */
final class ComparisonReward implements Reward {
    private final Comparison comparison;
    private final @Nullable String reference;
    private transient volatile @Nullable TextMeasure prepared;

    /** @param reference null if each text has its own */
    ComparisonReward(Comparison comparison, @Nullable String reference) {
        if (reference != null && reference.length() > TextReward.CHARACTERS) {
            throw new RequestException("Invalid reference: %d characters (must be at most %d)"
                    .formatted(reference.length(), TextReward.CHARACTERS));
        }
        this.comparison = comparison;
        this.reference = reference;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        if (reference == null) {
            throw new UnsupportedOperationException("Cannot compare: each text needs its reference (from the column)");
        }
        TextMeasure measure = prepared;
        if (measure == null) {
            measure = comparison.with(reference);
            prepared = measure;
        }
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            scores.add(TextReward.score(measure, text));
        }
        return scores;
    }

    /**
     * Consecutive rows with the same reference, such as the samples of one prompt, share what is precomputed for it.
     */
    @Override
    public List<Score> score(List<@Nullable String> texts, List<@Nullable String> others) {
        List<Score> scores = new ArrayList<>(texts.size());
        String last = null;
        TextMeasure measure = null;
        for (int i = 0; i < texts.size(); i++) {
            String other = others.get(i);
            if (other == null || other.length() > TextReward.CHARACTERS) {
                scores.add(Score.missing(other == null ? Status.INVALID_INPUT : Status.NOT_APPLICABLE));
                continue;
            }
            if (measure == null || !other.equals(last)) {
                measure = comparison.with(other);
                last = other;
            }
            scores.add(TextReward.score(measure, texts.get(i)));
        }
        return scores;
    }
}

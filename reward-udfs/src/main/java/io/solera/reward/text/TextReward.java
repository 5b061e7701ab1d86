package io.solera.reward.text;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A measure of one text as a reward: no text is invalid input; a text above {@link #CHARACTERS} is not applicable. */
final class TextReward implements Reward {
    /** Maximum length of a text, in UTF-16 units. */
    static final int CHARACTERS = 1 << 20;

    private final TextMeasure measure;

    TextReward(TextMeasure measure) {
        this.measure = measure;
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        List<Score> scores = new ArrayList<>(texts.size());
        for (String text : texts) {
            scores.add(score(measure, text));
        }
        return scores;
    }

    static Score score(TextMeasure measure, @Nullable String text) {
        if (text == null) {
            return Score.missing(Status.INVALID_INPUT);
        }
        return text.length() > CHARACTERS ? Score.missing(Status.NOT_APPLICABLE) : measure.score(text);
    }
}

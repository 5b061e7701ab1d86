package io.solera.reward.text;

import io.solera.reward.Score;
import io.solera.reward.text.words.Unit;
import io.solera.reward.text.words.Words;

/** The number of words (see {@link Words}) or of Unicode characters. */
record Length(Unit unit) implements TextMeasure {
    @Override
    public Score score(String text) {
        return Score.of(unit == Unit.WORDS ? Words.count(text) : text.codePointCount(0, text.length()));
    }
}

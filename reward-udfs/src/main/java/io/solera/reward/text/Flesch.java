package io.solera.reward.text;

import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.text.words.Syllables;
import io.solera.reward.text.words.Words;
import java.util.List;

/**
 * How easy an English text is to read, from w words in s sentences with y syllables (see {@link Words} and {@link Syllables}):
 * Flesch's reading ease 206.835 - 1.015 w / s - 84.6 y / w, or the school grade of Kincaid, 0.39 w / s + 11.8 y / w - 15.59. A text
 * without words is invalid.
 *
 * <p>Flesch, A New Readability Yardstick, J. Appl. Psychol. 32, 221 (1948); Kincaid et al., Research Branch Report 8-75, Naval
 * Technical Training (1975).
 */
enum Flesch implements TextMeasure {
    READING_EASE,
    GRADE;

    @Override
    public Score score(String text) {
        List<String> words = Words.of(text);
        if (words.isEmpty()) {
            return Score.missing(Status.INVALID_INPUT);
        }
        long syllables = 0;
        for (String word : words) {
            syllables += Syllables.of(word);
        }
        double perSentence = (double) words.size() / Words.sentences(text);
        double perWord = (double) syllables / words.size();
        return Score.of(
                this == READING_EASE
                        ? 206.835 - 1.015 * perSentence - 84.6 * perWord
                        : 0.39 * perSentence + 11.8 * perWord - 15.59);
    }
}

package io.solera.reward.text.words;

import java.util.HashMap;
import java.util.Map;

/** What a text is a sequence of. */
public enum Unit {
    WORDS,
    CHARACTERS;

    /** Numbers of the words and punctuation marks (see {@link Tokens#bleu}), or of the Unicode characters, equal for equal ones. */
    public int[] tokens(String text) {
        if (this == CHARACTERS) {
            return text.codePoints().toArray();
        }
        String[] words = Tokens.bleu(text);
        Map<String, Integer> vocabulary = new HashMap<>();
        int[] tokens = new int[words.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = vocabulary.computeIfAbsent(words[i], word -> vocabulary.size());
        }
        return tokens;
    }
}

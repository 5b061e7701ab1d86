package io.solera.reward.text.words;

import java.util.HashMap;
import java.util.Map;

/** The units of a text. */
public enum Unit {
    WORDS,
    CHARACTERS;

    /**
     * Ids of the words and punctuation marks (see {@link Tokens#bleu}), or of the Unicode characters; equal units have
     * equal ids.
     */
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

package io.solera.text;

import io.solera.lang.Excerpt;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Splits a text into words and looks each up in a vocabulary; decoding gives the text back. */
public record WordTokenizer(Words words, Vocabulary vocabulary) implements Tokenizer {
    /** SMILES with the vocabulary of a corpus. */
    public static WordTokenizer smiles(Collection<String> corpus) {
        return of(Words.SMILES, corpus, 1);
    }

    /**
     * The special tokens, then every word: for an open set of words, those that occur at least {@code times} times in
     * the corpus, sorted. A text that is not made of such words has none.
     */
    public static WordTokenizer of(Words words, Collection<String> corpus, int times) {
        return new WordTokenizer(words, Vocabulary.of(words.all().orElseGet(() -> {
            TreeMap<String, Integer> counts = new TreeMap<>();
            corpus.forEach(text -> wordsOf(text, words).forEach(word -> counts.merge(word, 1, Integer::sum)));
            counts.values().removeIf(count -> count < times);
            return List.copyOf(counts.keySet());
        })));
    }

    private static List<String> wordsOf(String text, Words words) {
        try {
            return words.split(text);
        } catch (TokenizationException e) { // whoever encodes the corpus counts and names it
            return List.of();
        }
    }

    @Override
    public int[] encode(String text) {
        List<String> tokens = words.split(text);
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            Integer id = vocabulary.id(tokens.get(i));
            if (id == null) {
                throw new TokenizationException("Cannot encode %s: the vocabulary lacks token %s (%s)"
                        .formatted(words.name(), tokens.get(i), Excerpt.of(text, Words.SHOWN)));
            }
            ids[i] = id;
        }
        return ids;
    }

    @Override
    public String decode(int[] ids) {
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            // a network may have more rows than there are words; the extra rows mean nothing
            String token = id < vocabulary.size() ? vocabulary.token(id) : "";
            if (!Vocabulary.SPECIAL.contains(token)) {
                text.append(token);
            }
        }
        return words.join(text.toString());
    }

    @Override
    public int size() {
        return vocabulary.size();
    }

    @Override
    public SpecialTokens special() {
        return vocabulary.special();
    }
}

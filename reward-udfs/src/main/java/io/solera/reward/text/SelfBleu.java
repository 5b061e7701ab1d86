package io.solera.reward.text;

import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.text.words.Characters;
import io.solera.reward.text.words.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a text repeats a set of texts, or itself: low means diverse. Zhu et al., Texygen, SIGIR (2018) take the mean over a set
 * of samples of the BLEU of each with the others as references. A reward must not depend on the batch a text comes in, so that the
 * set is a fixed one: with a file, the value is the BLEU of the text with all texts of the file as references; without, it is
 * the mean over the text's own sentences, each with the other ones as references.
 */
final class SelfBleu implements TextMeasure {
    private final List<String> set;
    private transient volatile @Nullable BleuReferences references;

    /** @param set empty for the text's own sentences */
    SelfBleu(List<String> set) {
        this.set = new ArrayList<>(set);
    }

    @Override
    public Score score(String text) {
        return set.isEmpty() ? sentences(text) : Score.of(references().bleu(Tokens.bleu(text)));
    }

    private BleuReferences references() {
        BleuReferences known = references;
        if (known == null) {
            known = new BleuReferences(set.stream().map(Tokens::bleu).toList());
            references = known;
        }
        return known;
    }

    private static Score sentences(String text) {
        List<String[]> sentences = sentencesOf(text);
        if (sentences.size() < 2) {
            return Score.missing(sentences.isEmpty() ? Status.INVALID_INPUT : Status.NOT_APPLICABLE);
        }
        BleuReferences all = new BleuReferences(sentences);
        double sum = 0;
        for (int i = 0; i < sentences.size(); i++) {
            sum += all.bleu(sentences.get(i), i);
        }
        return Score.of(sum / sentences.size());
    }

    /** The tokens of each sentence that has any; one ends at white space after a point, question or exclamation mark, and at a line's end. */
    static List<String[]> sentencesOf(String text) {
        List<String[]> sentences = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || ends(text, i)) {
                String[] tokens = Tokens.bleu(text.substring(start, i));
                if (tokens.length > 0) {
                    sentences.add(tokens);
                }
                start = i + 1;
            }
        }
        return sentences;
    }

    private static boolean ends(String text, int at) {
        char c = text.charAt(at);
        return c == '\n' || (at > 0 && Characters.space(c) && ".!?".indexOf(text.charAt(at - 1)) >= 0);
    }
}

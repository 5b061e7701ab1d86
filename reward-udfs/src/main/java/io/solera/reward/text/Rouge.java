package io.solera.reward.text;

import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.text.words.CommonSubsequence;
import io.solera.reward.text.words.GramIndex;
import io.solera.reward.text.words.PorterStemmer;
import io.solera.reward.text.words.Tokens;
import java.util.List;

/**
 * ROUGE of a text with a reference, as Google's rouge_score has it: matches m = the n-grams they share, each as often as the one
 * that has it less often, or (ROUGE-L) the length of their longest common subsequence; precision = m / those of the text, recall = m /
 * those of the reference, F = 2 P R / (P + R).
 *
 * <p>Lin, ROUGE: A Package for Automatic Evaluation of Summaries, WAS (2004).
 *
 * @param n the length of n-grams; 0 for the longest common subsequence
 * @param stemmed whether words of more than three letters are cut to their stems
 */
record Rouge(int n, Overlap measure, boolean stemmed) implements Comparison {
    /** The longest common subsequence is looked for while the product of the numbers of tokens is at most this. */
    static final long CELLS = 1L << 28;

    @Override
    public TextMeasure with(String reference) {
        String[] words = tokens(reference);
        if (n == 0) {
            return text -> longest(words, tokens(text));
        }
        GramIndex index = new GramIndex(List.<String[]>of(words), n);
        return text -> grams(words, index, tokens(text));
    }

    private String[] tokens(String text) {
        String[] tokens = Tokens.rouge(text);
        if (stemmed) {
            for (int i = 0; i < tokens.length; i++) {
                if (tokens[i].length() > 3) {
                    tokens[i] = PorterStemmer.stem(tokens[i]);
                }
            }
        }
        return tokens;
    }

    private Score grams(String[] reference, GramIndex index, String[] text) {
        int matches = index.matches(text, GramIndex.ALL)[n - 1];
        return score(matches, Math.max(1, text.length - n + 1), Math.max(1, reference.length - n + 1));
    }

    private Score longest(String[] reference, String[] text) {
        if (reference.length == 0 || text.length == 0) {
            return Score.of(0);
        }
        if ((long) reference.length * text.length > CELLS) {
            return Score.missing(Status.NOT_APPLICABLE);
        }
        boolean shorter = reference.length <= text.length;
        int matches = CommonSubsequence.length(shorter ? reference : text, shorter ? text : reference);
        return score(matches, text.length, reference.length);
    }

    private Score score(int matches, int ofText, int ofReference) {
        double precision = (double) matches / ofText;
        double recall = (double) matches / ofReference;
        return Score.of(
                switch (measure) {
                    case PRECISION -> precision;
                    case RECALL -> recall;
                    case F -> matches == 0 ? 0 : 2 * precision * recall / (precision + recall);
                });
    }
}

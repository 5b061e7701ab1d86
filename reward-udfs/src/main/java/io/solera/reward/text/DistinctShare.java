package io.solera.reward.text;

import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.text.words.Grams;
import io.solera.reward.text.words.Unit;

/**
 * The share of a text's n-grams that are different from each other, d = distinct n-grams / n-grams: Li et al., A Diversity-Promoting
 * Objective Function, NAACL (2016), who divide by the number of tokens instead, so that their values are lower by (n - 1) / tokens;
 * or the share that repeats, 1 - d: rep-n of Welleck et al., Neural Text Generation with Unlikelihood Training, ICLR (2020).
 */
record DistinctShare(int n, Unit unit, boolean repeats) implements TextMeasure {
    @Override
    public Score score(String text) {
        int[] tokens = unit.tokens(text);
        if (tokens.length < n) {
            return Score.missing(tokens.length == 0 ? Status.INVALID_INPUT : Status.NOT_APPLICABLE);
        }
        Grams grams = new Grams();
        int shorter = 0;
        if (n > 1) {
            grams.add(tokens, n - 1);
            shorter = grams.size();
        }
        int total = grams.add(tokens, n)[n - 1].length;
        int distinct = grams.size() - shorter;
        return Score.of((double) (repeats ? total - distinct : distinct) / total);
    }
}

package io.solera.reward.text;

import io.solera.reward.Score;
import io.solera.reward.text.words.GramIndex;
import io.solera.reward.text.words.Tokens;
import java.util.List;

/**
 * BLEU of a text with several references, 0 to 100, as sacreBLEU has it for one sentence: BP * exp(1/N sum_n log p_n), with p_n in
 * percent the matched share of the text's n-grams, n up to N = 4 or to the text's length, BP = exp(1 - r / c) when the text's
 * length c is below the length r of the nearest reference. The k-th p_n without a match is 100 / (2^k times the n-grams).
 *
 * <p>Papineni et al., BLEU, ACL (2002); smoothing: Chen and Cherry, WMT (2014), method 3; Post, A Call for Clarity in Reporting
 * BLEU Scores, WMT (2018).
 */
final class BleuReferences {
    private static final int ORDER = 4;

    private final GramIndex index;
    /** The numbers of tokens of the references, rising. */
    private final int[] lengths;

    BleuReferences(List<String[]> references) {
        index = new GramIndex(references, ORDER);
        lengths = references.stream().mapToInt(tokens -> tokens.length).sorted().toArray();
    }

    double bleu(String[] text) {
        return bleu(text, GramIndex.ALL);
    }

    /** @param without the number of a reference, equal to the text, to leave out */
    double bleu(String[] text, int without) {
        int[] matches = index.matches(text, without);
        if (matches[0] == 0) {
            return 0;
        }
        double sum = 0;
        double smoothing = 1;
        int orders = Math.min(ORDER, text.length);
        for (int n = 0; n < orders; n++) {
            int total = text.length - n;
            double precision = 100.0 * matches[n] / total;
            if (matches[n] == 0) {
                smoothing *= 2;
                precision = 100 / (smoothing * total);
            }
            sum += StrictMath.log(precision);
        }
        int reference = nearest(text.length, without == GramIndex.ALL ? 1 : 2);
        double brevity = text.length < reference ? StrictMath.exp(1 - (double) reference / text.length) : 1;
        return brevity * StrictMath.exp(sum / orders);
    }

    /** The length of a reference nearest to a text's, the shorter of two; equal ones must be as many as told. */
    private int nearest(int length, int equal) {
        int from = first(length);
        int to = first(length + 1);
        if (to - from >= equal) {
            return length;
        }
        if (from == 0) {
            return lengths[to];
        }
        boolean shorter = to == lengths.length || length - lengths[from - 1] <= lengths[to] - length;
        return shorter ? lengths[from - 1] : lengths[to];
    }

    /** How many references are shorter. */
    private int first(int length) {
        int low = 0;
        int high = lengths.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lengths[middle] < length) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static TextMeasure with(String reference) {
        BleuReferences references = new BleuReferences(List.<String[]>of(Tokens.bleu(reference)));
        return text -> Score.of(references.bleu(Tokens.bleu(text)));
    }
}

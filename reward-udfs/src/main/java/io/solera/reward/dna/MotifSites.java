package io.solera.reward.dna;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The sites of a motif: positions on either strand whose score is reached by at most a given share of random words of
 * the background, as in FIMO (C. E. Grant, T. L. Bailey and W. S. Noble, Bioinformatics 27, 1017, 2011). Log-odds are
 * rounded to hundredths of a bit, so that the distribution of scores is summed exactly.
 */
final class MotifSites implements Serializable {
    private static final double STEPS_PER_BIT = 100;

    private final int[] forward;
    private final int[] reverse;
    private final double[] background;
    private final int threshold;

    /** @param pValue the share of random words */
    MotifSites(Motif motif, MotifModel model, double pValue) {
        double[] logOdds = motif.logOdds(model);
        forward = new int[logOdds.length];
        reverse = new int[logOdds.length];
        for (int i = 0; i < logOdds.length; i++) {
            forward[i] = (int) Math.rint(logOdds[i] * STEPS_PER_BIT);
            reverse[logOdds.length - 1 - i] = forward[i];
        }
        background = model.background();
        threshold = threshold(forward, model, pValue);
    }

    /** The lowest score that at most the given share of words reaches; above every score if there is none. */
    private static int threshold(int[] scores, MotifModel model, double pValue) {
        int min = 0;
        int max = 0;
        for (int place = 0; place < scores.length; place += 4) {
            min += lowest(scores, place);
            max += IntStream.range(place, place + 4).map(i -> scores[i]).max().orElseThrow();
        }
        double[] share = distribution(scores, min, max, model);
        double reached = 0;
        int score = max + 1;
        while (score > min && reached + share[score - 1 - min] <= pValue) {
            score--;
            reached += share[score - min];
        }
        return score;
    }

    /** The share of words with each score, starting with the lowest. */
    private static double[] distribution(int[] scores, int min, int max, MotifModel model) {
        double[] share = new double[max - min + 1];
        share[0] = 1;
        for (int place = 0; place < scores.length; place += 4) {
            int lowest = lowest(scores, place);
            double[] next = new double[share.length];
            for (int base = 0; base < 4; base++) {
                int shift = scores[place + base] - lowest;
                double probability = model.background(base);
                for (int i = 0; i + shift < share.length; i++) {
                    next[i + shift] += share[i] * probability;
                }
            }
            share = next;
        }
        return share;
    }

    private static int lowest(int[] scores, int place) {
        return IntStream.range(place, place + 4).map(i -> scores[i]).min().orElseThrow();
    }

    int count(Bases bases) {
        int sites = 0;
        for (int start = 0; start + width() <= bases.length(); start++) {
            sites += site(forward, bases, start) >= threshold ? 1 : 0;
            sites += site(reverse, bases, start) >= threshold ? 1 : 0;
        }
        return sites;
    }

    int width() {
        return forward.length / 4;
    }

    private int site(int[] scores, Bases bases, int start) {
        int score = 0;
        for (int place = 0; 4 * place < scores.length; place++) {
            int code = bases.codes[start + place];
            score += Bases.known(code) ? scores[4 * place + code] : mean(scores, 4 * place, code);
        }
        return score;
    }

    /** The mean score, over the background, of the bases that a letter stands for. */
    private int mean(int[] scores, int from, int code) {
        double[] values = new double[4];
        Arrays.setAll(values, base -> scores[from + base]);
        return (int) Math.rint(Bases.mean(code, values, 0, background));
    }
}

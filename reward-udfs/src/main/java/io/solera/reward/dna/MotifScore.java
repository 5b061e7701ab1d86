package io.solera.reward.dna;

import java.io.Serializable;
import java.util.Arrays;

/**
 * How well a strand and its complement fit a motif. A site scores the sum of the log-odds of its bases in bits, above 0 when the motif
 * gives it more readily than the background (G. D. Stormo, Bioinformatics 16, 16, 2000). A letter for several bases scores what they
 * do in the mean over the background.
 */
final class MotifScore implements Serializable {
    private final double[] forward;
    private final double[] reverse;

    MotifScore(double[] logOdds, MotifModel model) {
        forward = everyLetter(logOdds, model);
        reverse = reversed(forward);
    }

    /** By place, then in the order of the letters of {@link Bases}, from four values a place. */
    static double[] everyLetter(double[] logOdds, MotifModel model) {
        double[] background = new double[4];
        Arrays.setAll(background, model::background);
        double[] all = new double[logOdds.length / 4 * Bases.CODES];
        for (int i = 0; i < all.length; i++) {
            all[i] = Bases.mean(i % Bases.CODES, logOdds, i / Bases.CODES * 4, background);
        }
        return all;
    }

    /** The scores of the other strand's letters, read backwards. */
    static double[] reversed(double[] all) {
        double[] reversed = new double[all.length];
        int places = all.length / Bases.CODES;
        for (int place = 0; place < places; place++) {
            for (int code = 0; code < Bases.CODES; code++) {
                reversed[(places - 1 - place) * Bases.CODES + Bases.complement(code)] =
                        all[place * Bases.CODES + code];
            }
        }
        return reversed;
    }

    /** The score of the best site on either strand; NaN for a strand shorter than the motif. */
    double best(Bases bases) {
        double best = Double.NEGATIVE_INFINITY;
        for (int start = 0; start <= lastStart(bases); start++) {
            best = Math.max(best, Math.max(site(forward, bases, start), site(reverse, bases, start)));
        }
        return lastStart(bases) < 0 ? Double.NaN : best;
    }

    /** The sum of the scores of all sites on both strands that reach a threshold; 0 when none does. */
    double sum(Bases bases, double threshold) {
        double sum = 0;
        for (int start = 0; start <= lastStart(bases); start++) {
            double plus = site(forward, bases, start);
            double minus = site(reverse, bases, start);
            sum += (plus >= threshold ? plus : 0) + (minus >= threshold ? minus : 0);
        }
        return lastStart(bases) < 0 ? Double.NaN : sum;
    }

    private int lastStart(Bases bases) {
        return bases.length() - forward.length / Bases.CODES;
    }

    private static double site(double[] logOdds, Bases bases, int start) {
        double score = 0;
        for (int place = 0; Bases.CODES * place < logOdds.length; place++) {
            score += logOdds[Bases.CODES * place + bases.codes[start + place]];
        }
        return score;
    }
}

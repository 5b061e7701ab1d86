package io.solera.reward.dna;

import java.io.Serializable;

/**
 * How well a strand and its complement fit a motif. A site's score is the sum of the log-odds of its bases in bits,
 * above 0 if the motif is more likely to produce it than the background (G. D. Stormo, Bioinformatics 16, 16, 2000). An
 * ambiguous letter scores the mean of its bases over the background.
 */
final class MotifScore implements Serializable {
    private final double[] forward;
    private final double[] reverse;
    private final double[] background;

    MotifScore(double[] logOdds, MotifModel model) {
        forward = logOdds.clone();
        reverse = new double[logOdds.length];
        for (int i = 0; i < logOdds.length; i++) {
            reverse[i] = logOdds[logOdds.length - 1 - i];
        }
        background = model.background();
    }

    /** The score of the best site on either strand; NaN for a strand shorter than the motif. */
    double best(Bases bases) {
        double best = Double.NEGATIVE_INFINITY;
        for (int start = 0; start <= lastStart(bases); start++) {
            best = Math.max(best, Math.max(site(forward, bases, start), site(reverse, bases, start)));
        }
        return lastStart(bases) < 0 ? Double.NaN : best;
    }

    /** The sum of the scores of all sites on both strands that reach a threshold; 0 if none does. */
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
        return bases.length() - forward.length / 4;
    }

    private double site(double[] logOdds, Bases bases, int start) {
        double score = 0;
        for (int place = 0; 4 * place < logOdds.length; place++) {
            int code = bases.codes[start + place];
            // the background is the same for the other strand
            score += Bases.known(code) ? logOdds[4 * place + code] : Bases.mean(code, logOdds, 4 * place, background);
        }
        return score;
    }
}

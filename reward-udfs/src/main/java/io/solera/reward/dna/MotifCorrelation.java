package io.solera.reward.dna;

import io.solera.problem.RequestException;
import io.solera.reward.SequenceReward;
import java.util.List;

/**
 * Pearson's correlation between how many sites of each motif a strand has and how many a set of reference sequences
 * has, as Ctrl-DNA rewards sequences with the motifs of real ones (X. Chen, S. Ma, R. Lin, J. Lin and B. Wang, arXiv
 * 2505.20578, 2025, R_TFBS). A strand with the same number of sites of every motif, such as none, gets 0.
 */
final class MotifCorrelation implements SequenceReward.Property<Bases> {
    /** Bases times total motif width, some tenths of a second. */
    private static final long MAX_STEPS = 200_000_000;

    private final MotifSites[] motifs;
    private final double[] deviations;
    private final double norm;
    private final long places;

    MotifCorrelation(List<MotifSites> motifs, List<Bases> reference) {
        this.motifs = motifs.toArray(MotifSites[]::new);
        places = motifs.stream().mapToLong(MotifSites::width).sum();
        double[] sums = new double[this.motifs.length];
        for (Bases bases : reference) {
            double[] counts = counts(bases);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += counts[i];
            }
        }
        deviations = deviations(sums);
        norm = norm(deviations);
        if (norm == 0) {
            throw new RequestException(
                    "Invalid sequences: they hold every motif equally often (must differ, or nothing correlates)");
        }
    }

    @Override
    public double of(Bases bases) {
        if (bases.length() * places > MAX_STEPS) {
            return Double.NaN;
        }
        double[] own = deviations(counts(bases));
        double ownNorm = norm(own);
        if (ownNorm == 0) {
            return 0;
        }
        double product = 0;
        for (int i = 0; i < own.length; i++) {
            product += own[i] * deviations[i];
        }
        return Math.max(-1, Math.min(1, product / (norm * ownNorm)));
    }

    private double[] counts(Bases bases) {
        double[] counts = new double[motifs.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = motifs[i].count(bases);
        }
        return counts;
    }

    private static double[] deviations(double[] values) {
        double sum = 0;
        boolean constant = true;
        for (double value : values) {
            sum += value;
            constant &= value == values[0];
        }
        double[] deviations = new double[values.length];
        for (int i = 0; !constant && i < values.length; i++) {
            deviations[i] = values[i] - sum / values.length;
        }
        return deviations;
    }

    private static double norm(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}

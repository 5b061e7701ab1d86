package io.solera.reward.dna;

/**
 * How counts become log-odds.
 *
 * @param pseudocount added to the count of every base at every place
 * @param gc share of G and C in the background
 */
public record MotifModel(double pseudocount, double gc) {
    /** The share of a base in the background. */
    double background(int base) {
        return base == Bases.C || base == Bases.G ? gc / 2 : (1 - gc) / 2;
    }
}

package io.solera.reward.dna;

/**
 * How counts become log-odds.
 *
 * @param pseudocount added to the count of every base at every position
 * @param gc share of G and C in the background
 */
public record MotifModel(double pseudocount, double gc) {
    /** The shares of the four bases in the background. */
    double[] background() {
        return new double[] {background(Bases.A), background(Bases.C), background(Bases.G), background(Bases.T)};
    }

    /** The share of a base in the background. */
    double background(int base) {
        return base == Bases.C || base == Bases.G ? gc / 2 : (1 - gc) / 2;
    }
}

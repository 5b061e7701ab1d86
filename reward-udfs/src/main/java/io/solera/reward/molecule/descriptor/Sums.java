package io.solera.reward.molecule.descriptor;

import java.util.Arrays;

/** Sums whose last bit does not depend on the order of the atoms. */
final class Sums {
    private Sums() {}

    /** The sum from the smallest term to the greatest; sorts its argument. */
    static double ordered(double[] terms) {
        Arrays.sort(terms);
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        return sum;
    }
}

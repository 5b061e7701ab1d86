package io.solera.reward.protein;

import io.solera.reward.ParameterTable;

/**
 * The instability index, 10 / length times the sum of weights of neighbouring residues; below 40 a protein is predicted
 * to be stable in a test tube (K. Guruprasad, B. V. B. Reddy and M. W. Pandit, Protein Eng. 4, 155, 1990).
 */
final class Instability {
    private static final double[][] WEIGHTS = ParameterTable.rows(Instability.class, "instability.tsv").stream()
            .map(row -> Residues.numbers(row, 1))
            .toArray(double[][]::new);

    private Instability() {}

    static double index(Residues residues) {
        byte[] codes = residues.codes;
        if (codes.length < 2) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = 1; i < codes.length; i++) {
            sum += WEIGHTS[codes[i - 1]][codes[i]];
        }
        return 10 * sum / codes.length;
    }
}

package io.solera.reward.protein;

import io.solera.reward.ParameterTable;

/**
 * The mean over all windows of nine residues of their weighted flexibility, weights rising from 1/4 at the edges to 1
 * in the middle (M. Vihinen, E. Torkkila and P. Riikonen, Proteins 19, 141, 1994).
 */
final class Flexibility {
    private static final double[] WEIGHTS = {0.25, 0.4375, 0.625, 0.8125, 1, 0.8125, 0.625, 0.4375, 0.25};
    private static final double WEIGHT = 5.25;
    private static final double[] FLEXIBILITY = ParameterTable.rows(Flexibility.class, "residues.tsv").stream()
            .mapToDouble(row -> Double.parseDouble(row[2]))
            .toArray();

    private Flexibility() {}

    static double mean(Residues residues) {
        byte[] codes = residues.codes;
        int windows = codes.length - WEIGHTS.length + 1;
        if (windows < 1) {
            return Double.NaN;
        }
        double sum = 0;
        for (int start = 0; start < windows; start++) {
            for (int i = 0; i < WEIGHTS.length; i++) {
                sum += WEIGHTS[i] * FLEXIBILITY[codes[start + i]];
            }
        }
        return sum / (windows * WEIGHT);
    }
}

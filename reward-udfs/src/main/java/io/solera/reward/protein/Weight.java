package io.solera.reward.protein;

import io.solera.reward.ParameterTable;
import io.solera.reward.Status;

/** The average mass of a chain in dalton: the amino acids minus one water per peptide bond. */
final class Weight implements Property {
    private static final double WATER = 18.0153;
    private static final double[] MASS = ParameterTable.rows(Weight.class, "residues.tsv").stream()
            .mapToDouble(row -> Double.parseDouble(row[1]))
            .toArray();

    @Override
    public double of(Residues residues) {
        double sum = 0;
        for (int code = 0; code < MASS.length; code++) {
            sum += residues.count(code) * MASS[code];
        }
        return sum - (residues.length() - 1) * WATER;
    }

    /** Pyrrolysine and selenocysteine have masses too. */
    @Override
    public Status status(Residues residues) {
        return Status.OK;
    }
}

package io.solera.reward.protein;

import io.solera.reward.Status;
import java.io.Serializable;

/** A number that a protein has. */
@FunctionalInterface
interface Property extends Serializable {
    /** The value; NaN where the definition does not reach, as for a chain shorter than its window. */
    double of(Residues residues);

    /** Whether it is defined for these residues: for the twenty amino acids, unless it says more. */
    default Status status(Residues residues) {
        return residues.standard() ? Status.OK : Status.NOT_APPLICABLE;
    }
}

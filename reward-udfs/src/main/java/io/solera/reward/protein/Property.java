package io.solera.reward.protein;

import io.solera.reward.Status;
import java.io.Serializable;

/** A numeric property of a protein. */
@FunctionalInterface
interface Property extends Serializable {
    /** The value; NaN if undefined, as for a chain shorter than its window. */
    double of(Residues residues);

    /** Whether it is defined for these residues; by default for the twenty amino acids. */
    default Status status(Residues residues) {
        return residues.standard() ? Status.OK : Status.NOT_APPLICABLE;
    }
}

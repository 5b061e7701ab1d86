package io.solera.reward.dna;

import io.solera.reward.Status;
import java.io.Serializable;

/** A numeric property of a strand of DNA. */
@FunctionalInterface
interface Property extends Serializable {
    /** The value; NaN if undefined, as for a strand shorter than a motif. */
    double of(Bases bases);

    /** Whether the strand is valid input for the property. */
    default Status status(Bases bases) {
        return Status.OK;
    }
}

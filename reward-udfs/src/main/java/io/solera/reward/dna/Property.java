package io.solera.reward.dna;

import io.solera.reward.Status;
import java.io.Serializable;

/** A number that a strand of DNA has. */
@FunctionalInterface
interface Property extends Serializable {
    /** The value; NaN where the definition does not reach, as for a strand shorter than a motif. */
    double of(Bases bases);

    /** Whether the strand is what the property reads. */
    default Status status(Bases bases) {
        return Status.OK;
    }
}

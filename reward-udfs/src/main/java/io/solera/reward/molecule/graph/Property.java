package io.solera.reward.molecule.graph;

import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.Serializable;

/** A number that a molecule has. Values do not depend on the order of its atoms, down to the last bit. */
@FunctionalInterface
public interface Property extends Serializable {
    double of(Molecule molecule);

    /** The value, or not-applicable for a molecule that takes too many steps. */
    default Score score(Molecule molecule) {
        try {
            return Score.of(of(molecule));
        } catch (LimitExceededException e) {
            return Score.missing(Status.NOT_APPLICABLE);
        }
    }
}

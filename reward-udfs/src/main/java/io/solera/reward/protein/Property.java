package io.solera.reward.protein;

import io.solera.reward.SequenceReward;
import io.solera.reward.Status;

/** A numeric property of a protein. */
@FunctionalInterface
interface Property extends SequenceReward.Property<Residues> {
    /** Whether it is defined for these residues; by default for the twenty amino acids. */
    @Override
    default Status status(Residues residues) {
        return residues.standard() ? Status.OK : Status.NOT_APPLICABLE;
    }
}
